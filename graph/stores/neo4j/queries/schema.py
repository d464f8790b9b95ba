"""What the database is made of. Names of indexes that Graphiti's searches call are Graphiti's; the others begin with `palimpsest`."""

SERVER = "CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN collect([name, versions, edition])"

STATE = "MATCH (s:Schema {name: 'palimpsest'}) RETURN collect([s.version, s.dimension, s.embedder, coalesce(s.slots, [])])"

REACHED = """MERGE (s:Schema {name: 'palimpsest'}) SET s.version = $version, s.dimension = $dimension, s.embedder = $embedder
    RETURN [[s.version]]"""

# The indexes of an embedder's own are there.
SLOT_MADE = """MATCH (s:Schema {name: 'palimpsest'})
    SET s.slots = [x IN coalesce(s.slots, []) WHERE x <> $slot] + [$slot] RETURN [s.slots]"""

AWAIT_INDEXES = "CALL db.awaitIndexes(300) RETURN []"


def _unique(name: str, pattern: str, *properties: str) -> str:
    variable = "r" if "[r:" in pattern else "n"
    columns = ", ".join(f"{variable}.{p}" for p in properties)
    return f"CREATE CONSTRAINT palimpsest_{name} IF NOT EXISTS FOR {pattern} REQUIRE ({columns}) IS UNIQUE"


def _range(name: str, pattern: str, *properties: str) -> str:
    variable = "r" if "[r:" in pattern else "n"
    columns = ", ".join(f"{variable}.{p}" for p in properties)
    return f"CREATE RANGE INDEX palimpsest_{name} IF NOT EXISTS FOR {pattern} ON ({columns})"


def _words(name: str, pattern: str, *properties: str) -> str:
    """Stemmed English, as the embedded store's, of texts without accents (`words`); every text carries the word of its group."""
    variable = "r" if "[r:" in pattern else "n"
    columns = ", ".join(f"{variable}.{p}" for p in properties)
    return f"""CREATE FULLTEXT INDEX palimpsest_{name} IF NOT EXISTS FOR {pattern} ON EACH [{columns}]
        OPTIONS {{indexConfig: {{`fulltext.analyzer`: 'english'}}}}"""


def _graphiti_words(name: str, pattern: str, *properties: str) -> str:
    variable = "r" if "[r:" in pattern else "n"
    columns = ", ".join(f"{variable}.{p}" for p in properties)
    return f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR {pattern} ON EACH [{columns}]"


def _vectors(name: str, pattern: str, embedding: str, *filters: str) -> str:
    variable = "r" if "[r:" in pattern else "n"
    columns = ", ".join(f"{variable}.{p}" for p in filters)
    return f"""CYPHER 25 CREATE VECTOR INDEX palimpsest_{name} IF NOT EXISTS FOR {pattern} ON ({variable}.{embedding}) WITH [{columns}]
        OPTIONS {{indexConfig: {{`vector.dimensions`: DIMENSION, `vector.similarity_function`: 'cosine'}}}}"""


LIVE, DEAD = "()-[r:RELATES_TO]-()", "()-[r:RETRACTED]-()"
FACT_FILTERS = ("group_id", "valid_from", "valid_until", "created_from", "expired_from", "retracted_from")

IDENTITY = (
    _unique("schema", "(n:Schema)", "name"),
    _unique("group", "(n:Group)", "name"),
    _unique("api_key", "(n:ApiKey)", "id"),
    *(_unique(f"{label.lower()}_uuid", f"(n:{label})", "uuid") for label in ("Entity", "Episodic", "Saga", "Message", "Session")),
    *(_unique(f"{label.lower()}_uuid", f"(n:{label})", "uuid") for label in ("Assertion", "Change", "Operation", "Review", "Work")),
    _unique("embedded_text", "(n:Embedded)", "group_id", "space", "hash"),
    _unique("entity_key", "(n:Entity)", "group_id", "key"),
    _unique("session_name", "(n:Session)", "group_id", "name"),
    _unique("message_external", "(n:Message)", "group_id", "external_id"),
    _unique("change_seq", "(n:Change)", "group_id", "seq"),
    _unique("fact_uuid", LIVE, "uuid"),
    _unique("retracted_uuid", DEAD, "uuid"),
    _unique("mention_uuid", "()-[r:MENTIONS]-()", "uuid"),
)

KEPT = (
    _range("message_order", "(n:Message)", "session_uuid", "instant", "no"),
    _range("message_instant", "(n:Message)", "group_id", "instant", "no"),
    _range("message_work", "(n:Message)", "work", "ordinal"),
    _range("session_no", "(n:Session)", "group_id", "no"),
    _range("work_ready", "(n:Work)", "head", "placed", "no", "ready_at"),
    _range("work_lane", "(n:Work)", "lane", "no"),
    _range("work_token", "(n:Work)", "token"),
    _range("work_state", "(n:Work)", "state", "queued_at"),
)

BELIEVED = (
    _range("embedded_no", "(n:Embedded)", "group_id", "no"),
    _range("version_entity", "(n:EntityVersion)", "entity", "recorded_at"),
    _range("version_group", "(n:EntityVersion)", "group_id", "until"),
    _range("version_no", "(n:EntityVersion)", "group_id", "no"),
    _range("version_merged", "(n:EntityVersion)", "merged_into"),
    _range("version_norm", "(n:EntityVersion)", "group_id", "norm", "no"),
    _range("entity_name", "(n:EntityName)", "group_id", "name", "kind", "until", "no"),
    _range("assertion_subject", "(n:Assertion)", "subject", "relation", "object"),
    _range("assertion_object", "(n:Assertion)", "object", "relation"),
    _range("assertion_said_subject", "(n:Assertion)", "said_subject"),
    _range("assertion_said_object", "(n:Assertion)", "said_object"),
    _range("assertion_episode", "(n:Assertion)", "episode"),
    _range("assertion_session", "(n:Assertion)", "session_uuid", "said", "no"),
    _range("assertion_no", "(n:Assertion)", "group_id", "no"),
    _range("assertion_external", "(n:Assertion)", "group_id", "external_id"),
    *(
        _range(f"{kind}_{column}", pattern, *columns)
        for kind, pattern in (("fact", LIVE), ("retracted", DEAD))
        for column, columns in (
            ("subject", ("subject", "valid_from", "no")),
            ("object", ("object", "valid_from", "no")),
            ("valid", ("group_id", "valid_from", "no")),
            ("recorded", ("group_id", "created_from", "no")),
            ("relation", ("group_id", "relation", "valid_from")),
            ("subject_recorded", ("subject", "created_from", "no")),
            ("object_recorded", ("object", "created_from", "no")),
            ("key", ("key",)),
            ("began", ("key", "valid_from")),
            ("ended", ("key", "valid_until")),
        )
    ),
    _range("mention_entity", "()-[r:MENTIONS]-()", "entity", "instant", "no"),
    _range("mention_episode", "()-[r:MENTIONS]-()", "episode"),
    _range("mention_session", "()-[r:MENTIONS]-()", "session", "entity", "instant"),
    _range("change_work", "(n:Change)", "work"),
    _range("operation_root", "(n:Operation)", "group_id", "root"),
    _range("review_no", "(n:Review)", "group_id", "no"),
    _range("review_open", "()-[r:ASKS]-()", "entity", "open"),
)

SEARCHED = (
    _words("fact_words", LIVE, "token", "words"),
    _words("retracted_words", DEAD, "token", "words"),
    _words("name_words", "(n:EntityVersion)", "token", "words"),
    _words("message_words", "(n:Message)", "token", "words"),
    _vectors("fact_vectors", LIVE, "fact_embedding", *FACT_FILTERS),
    _vectors("retracted_vectors", DEAD, "fact_embedding", *FACT_FILTERS),
    _vectors("entity_vectors", "(n:Entity)", "name_embedding", "group_id"),
    _vectors("message_vectors", "(n:Message)", "embedding", "group_id", "created_at"),
    # of adopted groups, whose own vectors are of another length
    _vectors("own_fact_vectors", LIVE, "palimpsest_embedding", *FACT_FILTERS),
    _vectors("own_retracted_vectors", DEAD, "palimpsest_embedding", *FACT_FILTERS),
    _vectors("own_entity_vectors", "(n:Entity)", "palimpsest_embedding", "group_id"),
    _graphiti_words("episode_content", "(n:Episodic)", "content", "source", "source_description", "group_id"),
    _graphiti_words("node_name_and_summary", "(n:Entity)", "name", "summary", "group_id"),
    _graphiti_words("community_name", "(n:Community)", "name", "group_id"),
    _graphiti_words("edge_name_and_fact", LIVE, "name", "fact", "group_id"),
)

# Of an embedder that is not the database's first: KEY tells it.
SLOT = (
    _vectors("fact_vectors_KEY", LIVE, "palimpsest_embedding_KEY", *FACT_FILTERS),
    _vectors("retracted_vectors_KEY", DEAD, "palimpsest_embedding_KEY", *FACT_FILTERS),
    _vectors("entity_vectors_KEY", "(n:Entity)", "palimpsest_embedding_KEY", "group_id"),
    _vectors("message_vectors_KEY", "(n:Message)", "palimpsest_embedding_KEY", "group_id", "created_at"),
)

# What Graphiti's own reads look up by.
GRAPHITI = tuple(
    f"CREATE RANGE INDEX {name} IF NOT EXISTS FOR {pattern} ON ({'r' if '[r:' in pattern else 'n'}.{column})"
    for name, pattern, column in (
        ("entity_group_id", "(n:Entity)", "group_id"),
        ("episode_group_id", "(n:Episodic)", "group_id"),
        ("relation_group_id", LIVE, "group_id"),
        ("mention_group_id", "()-[r:MENTIONS]-()", "group_id"),
    )
)

MIGRATIONS: tuple[tuple[str, ...], ...] = ((*IDENTITY, *KEPT, *BELIEVED, *SEARCHED, *GRAPHITI),)
