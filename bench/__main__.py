"""All benches in turn, on the same data: python -m bench --data PATH"""

import asyncio

from bench import ingest, recall
from bench.options import parser, read_options
from bench.report import save


def main() -> None:
    options = read_options(parser(__doc__))
    measured = asyncio.run(ingest.run(options))
    ingest.report(measured)
    save("ingest", measured)
    found = asyncio.run(recall.run(options))
    recall.report(found)
    save("recall", found)


if __name__ == "__main__":
    main()
