"""Web pages: their main text, what they state about themselves, and whether they are articles at all."""

from archive.readers.html.page_records import record_of_page

__all__ = ["record_of_page"]
