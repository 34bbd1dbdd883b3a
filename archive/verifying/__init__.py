"""Whether everything is still what it was: bytes, texts, passages, editions and the log, looked at again.

Another application adds what it keeps with `add_kind`, in its `AppConfig.ready`.
"""

from archive.verifying.kinds import Finding, Kind, add_kind, kinds
from archive.verifying.runs import Run, last_verification, last_whole, last_with_findings

__all__ = ["Finding", "Kind", "Run", "add_kind", "kinds", "last_verification", "last_whole", "last_with_findings"]
