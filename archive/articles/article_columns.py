"""What is counted of articles, in memory."""

from archive.lists.spans import NEVER
from archive.lists.stores import DAYS, ColumnStore
from archive.models import ArticleRow

# A code such as `ar` or `zh-hant` as the number that its ASCII letters make.
LANGUAGE = "('x' || lpad(encode(convert_to(language, 'UTF8'), 'hex'), 16, '0'))::bit(64)::bigint"

STORE = ColumnStore(
    ArticleRow,
    numbers={"published": f"COALESCE(published_on - DATE '1970-01-01', {NEVER})", "sort_on": DAYS},
    arrays={
        "place_ids": "place_ids",
        "source_id": "CASE WHEN source_id IS NULL THEN '{}' ELSE ARRAY[source_id] END",
        "language": f"CASE WHEN language ~ '^[a-z0-9-]{{1,8}}$' THEN ARRAY[{LANGUAGE}] ELSE '{{}}' END",
    },
)


def language_code(number: int) -> str:
    """Return the code of a language from its number in the columns."""
    return number.to_bytes(8, "big").lstrip(b"\0").decode("ascii")


def language_number(code: str) -> int:
    """Return the number of a language; one that no article can have keeps what fits."""
    return int.from_bytes(code.encode("ascii")[:8], "big")
