"""All benches in turn, on the same data: python -m bench --data PATH

One alone: python -m bench extraction|ingest|ranking|recall|speed|stores|truth, with options of its own.
"""

import asyncio
import runpy
import sys

from bench import ingest
from bench.options import parser, read_options
from bench.recall import evidence
from bench.recall.__main__ import keep
from bench.report import save

ALONE = ("extraction", "ingest", "ranking", "recall", "speed", "stores", "truth")


def main() -> None:
    if sys.argv[1:2] and sys.argv[1] in ALONE:
        name = sys.argv.pop(1)
        runpy.run_module(f"bench.{name}", run_name="__main__", alter_sys=True)
        return
    options = read_options(parser(__doc__))
    measured = asyncio.run(ingest.run(options))
    ingest.report(measured)
    save("ingest", measured)
    found = asyncio.run(evidence.run(options))
    evidence.report(found)
    keep(found)


if __name__ == "__main__":
    main()
