"""The page is served whole from here, and asks the schema only what it has."""

import re

import httpx
import pytest
from graphql import build_schema, parse, validate

from api.page import STATIC
from schema.schema import printed

FILES = ["index.html", "page.css", "page.js", "icon.svg"]


async def test_the_page_and_its_parts_are_served(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', page.text):
        assert (await client.get(path)).status_code == 200, path


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_loaded_from_elsewhere_and_nothing_is_inline(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|url\(|@import|//cdn", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", text)
    assert "innerHTML" not in text


def test_what_the_page_asks_is_in_the_schema() -> None:
    script = (STATIC / "page.js").read_text(encoding="utf-8")
    documents = re.findall(r'(?:`|")(query [^`"]+)(?:`|")', script)
    assert len(documents) == 2
    schema = build_schema(printed())
    for document in documents:
        assert validate(schema, parse(document)) == []


def test_every_field_of_the_form_has_a_label() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    labels = re.findall(r"<label[^>]*>(.*?)</label>", page, re.DOTALL)
    assert len(re.findall("<input", page)) == sum(label.count("<input") for label in labels) == 5
    assert 'lang="en"' in page and 'name="viewport"' in page
