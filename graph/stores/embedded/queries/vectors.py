"""Embeddings: a tail of single vectors, and chunks of 256. `vector_log` counts what was ever written, which tells a stale copy."""

LOG = "SELECT dimension, written FROM vector_log WHERE grp = :grp AND kind = :kind"

WRITTEN = """INSERT INTO vector_log(grp, kind, dimension, written) VALUES (:grp, :kind, :dimension, :n)
    ON CONFLICT(grp, kind) DO UPDATE SET written = written + :n"""

ADD = "INSERT INTO vector_tail(grp, kind, item, vector) VALUES (:grp, :kind, :item, :vector)"

TAIL_LENGTH = "SELECT count(*) FROM vector_tail WHERE grp = :grp AND kind = :kind"

# In the order they were written.
TAIL = "SELECT t.id, t.item, t.vector FROM vector_tail t WHERE t.grp = :grp AND t.kind = :kind ORDER BY t.id LIMIT :n"

CUT_TAIL = "DELETE FROM vector_tail WHERE grp = :grp AND kind = :kind AND id <= :id"

ADD_CHUNK = "INSERT INTO vector_chunk(grp, kind, items, vectors) VALUES (:grp, :kind, :items, :vectors)"

# In the order they were written.
CHUNKS = "SELECT c.items, c.vectors FROM vector_chunk c WHERE c.grp = :grp AND c.kind = :kind ORDER BY c.id"

# For forgetting: what stands where, the chunks as they are left, and that copies in memory are stale.
ERASE_FROM_TAIL = """DELETE FROM vector_tail
    WHERE grp = :grp AND kind = :kind AND item IN (SELECT value FROM json_each(:items))"""

CHUNK_ITEMS = "SELECT c.id, c.items FROM vector_chunk c WHERE c.grp = :grp AND c.kind = :kind ORDER BY c.id"

CHUNK = "SELECT c.vectors FROM vector_chunk c WHERE c.id = :id"

REWRITE_CHUNK = "UPDATE vector_chunk SET items = :items, vectors = :vectors WHERE id = :id"

ERASE_CHUNK = "DELETE FROM vector_chunk WHERE id = :id"

TOUCH = "UPDATE vector_log SET written = written + 1 WHERE grp = :grp AND kind = :kind"

# What is staged of a kind: shelves whose names begin with it, and a space. (The character after " " is "!".)
STAGED = "SELECT l.kind FROM vector_log l WHERE l.grp = :grp AND l.kind > :kind || ' ' AND l.kind < :kind || '!'"

# Staged vectors take the place of a group's: those go, ...
CLEAR_LIVE = tuple(
    f"DELETE FROM {table} WHERE grp = :grp AND kind = :kind"  # noqa: S608 - names of tables
    for table in ("vector_tail", "vector_chunk")
)

# ... and these are moved, in the tail and in chunks.
TAKE_OVER = tuple(
    f"UPDATE {table} SET kind = :live WHERE grp = :grp AND kind = :kind"  # noqa: S608 - names of tables
    for table in ("vector_tail", "vector_chunk")
)

SET_LOG = """INSERT INTO vector_log(grp, kind, dimension, written) VALUES (:grp, :kind, :dimension, :written)
    ON CONFLICT(grp, kind) DO UPDATE SET dimension = excluded.dimension, written = excluded.written"""

CLEAR_STAGED = tuple(
    f"DELETE FROM {table} WHERE grp = :grp AND kind NOT IN ('ENTITY', 'FACT', 'EPISODE')"  # noqa: S608 - names of tables
    for table in ("vector_tail", "vector_chunk", "vector_log")
)
