"""Speed of the stores at several sizes, beside graphiti-core on the same server and the same data."""
