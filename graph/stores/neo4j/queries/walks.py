"""Pages read along an index: what a page costs depends on its size, not on how much lies before or behind it."""

import re

_NAMED = re.compile(r"(\w+):(\w+)")


def walk(pattern: str, index: tuple[str, str, str], value: str, keep: str, down: bool = False) -> str:
    """At most $n of what `keep` keeps after a cursor, along an index of (column, key, no) where the column is `value`.

    Only what shares the cursor's key is passed over. (Two seeks would spare that, and double what it costs to plan the statement.)
    """
    named = _NAMED.search(pattern)
    assert named is not None  # noqa: S101 - patterns are constants
    (name, kind), (column, key, no) = named.groups(), index
    sign, way = ("<", " DESC") if down else (">", "")
    beyond = f"CASE WHEN {name}.{key} {sign} $after THEN true ELSE {name}.{no} {sign} $after_id END"
    return f"""MATCH {pattern} USING INDEX SEEK {name}:{kind}({", ".join(index)})
        WHERE {name}.{column} = {value} AND {name}.{key} {sign}= $after AND {name}.{no} IS NOT NULL AND {beyond} AND {keep}
        RETURN {name} ORDER BY {", ".join(f"{name}.{part}{way}" for part in index)} LIMIT $n"""
