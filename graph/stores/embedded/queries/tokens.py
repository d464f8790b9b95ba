"""The tokenizer: a full-text table in memory, and the view of what it holds word by word."""

DESK = (
    "CREATE VIRTUAL TABLE desk USING fts5(text, content='', tokenize='porter unicode61')",
    "CREATE VIRTUAL TABLE desk_words USING fts5vocab(desk, instance)",
)

LAY = "INSERT INTO desk(rowid, text) VALUES (:number, :text)"

# In the order of the words, of each in that of texts and places.
TAKEN_APART = "SELECT doc, term, offset FROM desk_words"
