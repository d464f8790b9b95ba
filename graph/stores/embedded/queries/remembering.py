"""Vectors of texts that were embedded before."""

REMEMBERED = """SELECT m.hash, m.vector FROM remembered m
    WHERE m.grp = :grp AND m.space = :space AND m.hash IN (SELECT value FROM json_each(:hashes))"""

REMEMBER = "INSERT OR IGNORE INTO remembered(grp, space, hash, vector) VALUES (:grp, :space, :hash, :vector)"

# All but the newest.
BOUND = """DELETE FROM remembered WHERE grp = :grp
    AND id <= (SELECT m.id FROM remembered m WHERE m.grp = :grp ORDER BY m.id DESC LIMIT 1 OFFSET :most)"""

FORGET = "DELETE FROM remembered WHERE grp = :grp"
