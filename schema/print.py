"""Prints the schema: `python -m schema.print > schema/schema.graphql` renews the committed file."""

import sys

from schema.schema import printed

if __name__ == "__main__":
    sys.stdout.write(printed())
