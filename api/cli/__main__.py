"""`python -m api.cli`, where the command `palimpsest` is not installed."""

from api.cli import main

if __name__ == "__main__":
    main()
