"""How much memory may hold of what was read last."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
DEFAULT_MEBIBYTES = 1024


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes for the vectors of the groups used last, records made of rows, where words stand, and which records stand."""

    vectors: int
    records: int
    words: int
    standing: int

    @classmethod
    def of(cls, mebibytes: int) -> "Room":
        """So much in all, divided as groups of a thousand facts need it: a question reads about 2 MB of vectors, 1 MB of records, half
        a MB of what stands and a fifth of that of words.
        """
        part = mebibytes * MEBIBYTE // 16
        return cls(vectors=8 * part, records=5 * part, words=part, standing=2 * part)
