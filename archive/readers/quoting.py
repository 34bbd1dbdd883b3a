"""Where a quotation mark of CSV opens that is not closed as it should be."""

import re
from collections.abc import Sequence


def open_quote(lines: Sequence[str], delimiter: str) -> int:
    """Return which of the lines of one row (from 0) holds the opening mark of the quoted field that goes wrong.

    That is the first one that never ends, or behind whose end stands neither the delimiter nor the end of the line.
    """
    row = "".join(lines)
    # A quoted field, closed or not, with what follows it; or a plain one.
    field = re.compile(
        rf'(?P<quoted>"[^"]*+(?:""[^"]*+)*+(?P<closed>")?(?P<after>[^{re.escape(delimiter)}\r\n]?))|[^{re.escape(delimiter)}\r\n]*'
    )
    position = 0
    while position < len(row):
        found = field.match(row, position)
        assert found is not None
        if found["quoted"] and (not found["closed"] or found["after"]):
            return row.count("\n", 0, position)
        position = max(found.end(), position) + 1
    return 0
