"""Asks the running demo: python examples/ask.py "Where does Dario live?" [what held on this day] [as known on this day]"""

import sys
from pathlib import Path

import httpx

QUERY = Path(__file__).with_name("ask.graphql").read_text(encoding="utf-8")


def ask(question: str, valid: str | None = None, known: str | None = None) -> str:
    variables = {"question": question, "asOf": {"valid": valid, "known": known}}
    response = httpx.post("http://127.0.0.1:8000/graphql", json={"query": QUERY, "variables": variables}, timeout=30)
    answer = response.json()
    if "errors" in answer:
        raise SystemExit(answer["errors"][0]["message"])
    return str(answer["data"]["graph"]["context"]["text"])


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 4:
        raise SystemExit(f"usage: {__doc__}")
    sys.stdout.write(ask(*sys.argv[1:4]) + "\n")
