"""Why there is no server."""


class Absent(Exception):
    """A way to get a server is not open on this machine; the message says what is missing."""
