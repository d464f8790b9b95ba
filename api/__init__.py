"""The composition root: settings, wiring, HTTP, and the command line."""
