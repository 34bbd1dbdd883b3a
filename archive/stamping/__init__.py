"""Manifests of hashes, and their time-stamps by RFC 3161.

Another application adds what it keeps with `add_part`, in its `AppConfig.ready`.
"""

from archive.stamping.authority import Authority, StampError, check, compare, stamp
from archive.stamping.manifest_making import FIRST, add_part, make_manifest

__all__ = ["FIRST", "Authority", "StampError", "add_part", "check", "compare", "make_manifest", "stamp"]
