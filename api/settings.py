"""The settings: one table that the command line, the documentation and `.env.example` are made from, read once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from extractors.providers import PROVIDERS
from graph.errors import BadInput
from graph.keep import ROLES

PREFIX = "PALIMPSEST_"
WORDLLAMA = "wordllama"
EMBEDDERS = (WORDLLAMA, *PROVIDERS)
LOG_LEVELS = ("critical", "error", "warning", "info", "debug")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the table below holds, parsed. Field names are the settings' names."""

    host: str
    port: int
    store: str
    cache_mb: int
    neo4j_user: str
    neo4j_password: str | None = field(repr=False)
    neo4j_database: str
    key: str | None = field(repr=False)
    ontology: str | None
    learn_from: tuple[str, ...]
    embedder: str
    embedder_url: str | None
    embedder_key: str | None = field(repr=False)
    embedder_model: str | None
    embedder_dimension: int | None
    embedder_batch: int
    embedder_retries: int
    embedder_timeout_seconds: int
    tokenizer: str | None
    work: bool
    lease_seconds: int
    max_message_bytes: int
    max_page: int
    introspection: bool
    log_level: str


@dataclass(frozen=True, slots=True)
class Setting:
    """`default` is written as in the environment; `parse` raises ValueError saying what it wants."""

    name: str
    default: str
    parse: Callable[[str], Any]
    help: str

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


def _text(value: str) -> str:
    if not value:
        raise ValueError("something must stand here")
    return value


def _optional(value: str) -> str | None:
    return value or None


def _port(value: str) -> int:
    if not value.isdecimal() or int(value) > 65535:
        raise ValueError("a port is a number from 0 to 65535")
    return int(value)


def _positive(value: str) -> int:
    if not value.isdecimal() or int(value) == 0:
        raise ValueError("a whole number above 0 is wanted")
    return int(value)


def _whole(value: str) -> int:
    if not value.isdecimal():
        raise ValueError("a whole number is wanted")
    return int(value)


def _optional_positive(value: str) -> int | None:
    return _positive(value) if value else None


def _embedder(value: str) -> str:
    if value not in EMBEDDERS:
        raise ValueError(f"write one of {', '.join(EMBEDDERS)}")
    return value


def _switch(value: str) -> bool:
    if value not in ("true", "false"):
        raise ValueError("write true or false")
    return value == "true"


def _level(value: str) -> str:
    if value not in LOG_LEVELS:
        raise ValueError(f"write one of {', '.join(LOG_LEVELS)}")
    return value


def _roles(value: str) -> tuple[str, ...]:
    roles = tuple(part.strip() for part in value.split(",") if part.strip())
    if unknown := [role for role in roles if role not in ROLES]:
        raise ValueError(f"{unknown[0]!r} is no role; write any of {', '.join(ROLES)}, with commas between")
    return roles


TABLE = (
    Setting("host", "127.0.0.1", _text, "Address to listen on. Beyond this machine only once a key exists."),
    Setting("port", "8000", _port, "Port to listen on; 0 takes a free one."),
    Setting("store", "./palimpsest.db", _text, "File that holds everything, or a Neo4j server: neo4j://host:7687, bolt://host:7687."),
    Setting(
        "cache_mb",
        "1024",
        _positive,
        "Memory, in MiB, that may hold what was read last of a file: groups that fit in it answer faster. It fills as they are asked.",
    ),
    Setting("neo4j_user", "neo4j", _text, "Who asks the Neo4j server."),
    Setting("neo4j_password", "", _optional, "Password of that user. It is read from the environment alone."),
    Setting("neo4j_database", "neo4j", _text, "Database of the Neo4j server."),
    Setting("key", "", _optional, "Key that commands send to a running service; `serve` makes it the first admin key if it is new."),
    Setting("ontology", "", _optional, "TOML file with entity types and relations to add to the packaged ones."),
    Setting("learn_from", "user", _roles, "Roles whose messages make facts; the others are kept and recalled."),
    Setting(
        "embedder",
        WORDLLAMA,
        _embedder,
        "What turns texts into vectors: wordllama (here, without network), openai (any server that speaks as OpenAI's), or a client "
        "of graphiti-core: graphiti:openai, graphiti:azure, graphiti:gemini, graphiti:voyage. Texts are sent there; the first 8,000 "
        "characters of each.",
    ),
    Setting("embedder_url", "", _optional, "Address of the embedder, as http://localhost:11434/v1; empty is the provider's own."),
    Setting("embedder_key", "", _optional, "Key of the embedder. It is read from the environment alone."),
    Setting("embedder_model", "", _optional, "Model of the embedder; empty is text-embedding-3-small, gemini-embedding-001 or voyage-3."),
    Setting("embedder_dimension", "", _optional_positive, "Numbers its vectors have; empty is 1536, of Gemini 3072, of Voyage 1024."),
    Setting("embedder_batch", "100", _positive, "How many texts go in one request to the embedder."),
    Setting("embedder_retries", "2", _whole, "How often a request to an OpenAI-compatible embedder is sent again."),
    Setting("embedder_timeout_seconds", "30", _positive, "How long such a request may take."),
    Setting("tokenizer", "", _optional, "A tokenizer.json to count the tokens of a context with; empty is a Llama's, which is packaged."),
    Setting("work", "true", _switch, "Whether `serve` learns too; false, with Neo4j only, leaves that to `palimpsest work`."),
    Setting("lease_seconds", "60", _positive, "After how many seconds without a sign of life others take over what a worker had begun."),
    Setting("max_message_bytes", "65536", _positive, "Longest message taken, in bytes of UTF-8. Documents may have 4 MiB."),
    Setting("max_page", "500", _positive, "Largest `first` of a list."),
    Setting("introspection", "false", _switch, "Answer schema introspection without a key even when keys exist."),
    Setting("log_level", "info", _level, "Least severe log lines to write: " + ", ".join(LOG_LEVELS) + "."),
)


def read_settings(environ: Mapping[str, str], **overrides: str | None) -> Settings:
    """The table with the environment's values, then `overrides` (as written on the command line). Raises BadInput."""
    given = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
    _refuse_unknown(given)
    values: dict[str, Any] = {}
    for setting in TABLE:
        option = overrides.get(setting.name)
        text = option if option is not None else given.get(setting.variable, setting.default)
        values[setting.name] = _parsed(setting, text, f"--{setting.name}" if option is not None else setting.variable)
    return Settings(**values)


def _parsed(setting: Setting, text: str, source: str) -> Any:
    try:
        return setting.parse(text.strip())
    except ValueError as error:
        raise BadInput(f"{source} is {text!r}: {error}", hint=setting.help, field=source) from error


def _refuse_unknown(given: Mapping[str, str]) -> None:
    known = [setting.variable for setting in TABLE]
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.0)[0]
            raise BadInput(f"{name!r} is not a setting", hint=f"Did you mean {near}? All settings stand in .env.example.", field=name)


def env_example() -> str:
    """The text of `.env.example`: every setting with its default, commented out."""
    head = "# Settings of Palimpsest, each with its default. Docker Compose reads a copy of this file named .env; elsewhere export them.\n"
    return head + "".join(f"\n# {setting.help}\n# {setting.variable}={setting.default}\n" for setting in TABLE)


def settings_table() -> str:
    """The settings as the Markdown table of docs/operations.md."""
    rows = (f"| `{setting.variable}` | {f'`{setting.default}`' if setting.default else ''} | {setting.help} |" for setting in TABLE)
    return "\n".join(("| setting | default | meaning |", "|---|---|---|", *rows)) + "\n"
