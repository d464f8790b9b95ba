"""Where the server is and who asks."""

from dataclasses import dataclass, field

DATABASE = "neo4j"
POOL = 50


@dataclass(frozen=True, slots=True)
class Address:
    """`connections` bounds the pool; `patience` is how many seconds a call may wait for one, and a write be tried again."""

    uri: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = DATABASE
    connections: int = POOL
    patience: float = 10.0
