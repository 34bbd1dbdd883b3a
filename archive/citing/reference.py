"""What all citation formats are written from."""

import datetime
from dataclasses import dataclass
from typing import Literal

Kind = Literal["article", "record", "dataset"]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One citable thing.

    An ``article`` is cited as its outlet's: ``publisher`` is the outlet, ``url`` its address and ``archived_url`` our
    copy. A ``record`` (one version of an incident's entry, or an article's entry in the archive) and a ``dataset`` are
    cited as ours: ``publisher`` is the archive, ``url`` the permalink. ``issued`` is empty where the date is unknown.
    """

    kind: Kind
    key: str
    title: str
    publisher: str
    url: str
    issued: datetime.date | None = None
    authors: tuple[str, ...] = ()
    archived_url: str = ""
    version: str = ""
    language: str = ""
    note: str = ""
    sha256: str = ""

    @property
    def year(self) -> str:
        """The year of issue, or ``n.d.``, as APA and Chicago write an unknown date."""
        return str(self.issued.year) if self.issued else "n.d."
