"""How large a page may be: one limit for what is fetched, read and kept."""

LARGEST_PAGE = 20_000_000  # bytes of a page, decoded, and of the answer that brings it
