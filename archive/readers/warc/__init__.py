"""Web archives: WARC, ARC and WACZ files to pages, in order of address and time. `records` is the way in."""

from archive.readers.warc.web_archive import pages, records

__all__ = ["pages", "records"]
