"""Which texts have a word. A row holds what a word has in one block of neighbouring texts; `word_log` counts the texts and words of a
shelf, and every change of it, which tells a stale copy.
"""

# How many texts of a kind there are, of how many words, and how often that changed.
LOG = "SELECT l.kind, l.past, l.texts, l.words, l.written FROM word_log l WHERE l.grp = :grp"

WRITTEN = """INSERT INTO word_log(grp, kind, past, texts, words, written) VALUES (:grp, :kind, :past, :texts, :words, 1)
    ON CONFLICT(grp, kind, past) DO UPDATE SET texts = texts + excluded.texts, words = words + excluded.words, written = written + 1"""

ADD = """INSERT INTO word_block(grp, word, kind, past, block, texts, places) VALUES (:grp, :word, :kind, :past, :block, :texts, :places)
    ON CONFLICT(grp, word, kind, past, block) DO UPDATE SET texts = CAST(texts || excluded.texts AS BLOB),
        places = CAST(places || excluded.places AS BLOB)"""

_THIS = "grp = :grp AND word = :word AND kind = :kind AND past = :past AND block = :block"

BLOCK = f"SELECT texts, places FROM word_block WHERE {_THIS}"  # noqa: S608 - a constant of this module
REWRITE = f"UPDATE word_block SET texts = :texts, places = :places WHERE {_THIS}"  # noqa: S608
ERASE = f"DELETE FROM word_block WHERE {_THIS}"  # noqa: S608

# What some words have, each in the order of its blocks; with `:past` also what they have in texts that no longer stand.
TEXTS = """SELECT w.word, w.kind, w.block, w.texts FROM json_each(:words) j
    CROSS JOIN word_block w ON w.grp = :grp AND w.word = j.value AND w.past <= :past"""
PLACES = """SELECT w.kind, w.block, w.texts, w.places FROM word_block w
    WHERE w.grp = :grp AND w.word = :word AND w.past <= :past"""

# All of a group goes; what is counted of it goes on counting changes.
WIPE = (
    "DELETE FROM word_block WHERE grp = :grp",
    "UPDATE word_log SET texts = 0, words = 0, written = written + 1 WHERE grp = :grp",
)

# For a file of before: every text, group by group.
EPISODES = "SELECT e.grp, e.id, 0, e.content FROM episode e ORDER BY e.id"
FACTS = "SELECT f.grp, f.id, f.dead, f.text FROM fact f ORDER BY f.id"
VERSIONS = "SELECT v.grp, v.id, v.until < :far, v.name, v.aliases FROM entity_version v ORDER BY v.id"
