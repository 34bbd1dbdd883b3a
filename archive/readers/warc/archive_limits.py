"""How much of a web archive is read: beyond these a file is a bomb, or nothing that people read."""

from archive.page_size import LARGEST_PAGE

LARGEST_FILE = 20_000_000_000  # bytes of a file, and of all that it holds uncompressed times `LONGER`
LONGER = 5
LARGEST_HEAD = 65_536  # bytes of the headers of a record, and of those of an answer
LARGEST_BLOCK = LARGEST_PAGE + LARGEST_HEAD  # bytes of the record of a page
LARGEST_BESIDE = 1_000_000  # bytes of the record of a redirect or a request that is kept with a page
LARGEST_BODY = LARGEST_PAGE
MOST_RECORDS = 500_000
# Members of gzip or frames of Zstandard: a record has one of its own, and some writers one more for its head.
MOST_PARTS = 4 * MOST_RECORDS
MOST_HOPS = 10
MOST_MEMBERS = 10_000  # files in a WACZ
LARGEST_JSON = 10_000_000  # bytes of the description of a WACZ
# How many times longer compressed data may become, once it is longer than the second figure (bytes).
RATIO, RATIO_OF_FILE_FROM, RATIO_OF_BODY_FROM = 200, 100_000_000, 2_000_000
LARGEST_WINDOW = 1 << 27  # bytes of memory to unpack Zstandard: as much as its own tool takes unasked
LARGEST_DICTIONARY = 1 << 23  # bytes, packed or not: what every reader of .warc.zst has to take
STEP = 65_536  # bytes read at once
PACKED_STEP = 1_024  # bytes unpacked at once: little is copied again where a file has a million compressed parts


MANY_PARTS = f"it has more than {MOST_PARTS:,} compressed parts; the rest is not read"


class LimitError(ValueError):
    """More than is read; the message is the reason, a clause for people."""


def check_ratio(packed: int, unpacked: int, *, over: int) -> None:
    """Raise `LimitError` if so much came of so few bytes that it is a bomb."""
    if unpacked > over and unpacked > packed * RATIO:
        raise LimitError(f"its compressed data become more than {RATIO} times longer: it is built to exhaust a machine")
