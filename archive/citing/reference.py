"""What all citation formats are written from."""

import datetime
from dataclasses import dataclass
from typing import Literal

Kind = Literal["article", "report", "dataset", "record"]


@dataclass(frozen=True, kw_only=True)
class Reference:
    """One citable thing.

    An ``article``, ``report`` or ``dataset`` is cited as its publisher's: ``publisher`` is the outlet, ``url`` its
    address, ``archived_url`` the copy in ``archive``, ``accessed`` the day on which that copy was taken from its
    source. Where the copy itself is cited, ``url`` is its address too, and ``version`` the number of its text. Only a
    ``record`` (one version of an incident's entry) is cited as ours: ``publisher`` is the archive, ``url`` the
    permalink of the version. ``issued`` is None where the date is unknown; every other unknown value is empty.
    """

    kind: Kind
    key: str
    title: str
    publisher: str
    url: str
    issued: datetime.date | None = None
    authors: tuple[str, ...] = ()
    archive: str = ""
    archived_url: str = ""
    accessed: datetime.date | None = None
    version: str = ""
    language: str = ""
    note: str = ""
    sha256: str = ""

    @property
    def by(self) -> tuple[str, ...]:
        """Whom citations begin with: the authors, or the body that answers for a report, a data set or a record."""
        return self.authors or (() if self.kind == "article" or not self.publisher else (self.publisher,))

    @property
    def is_archived_elsewhere(self) -> bool:
        """Whether the copy in the archive has another address than the thing itself."""
        return bool(self.archived_url) and self.archived_url != self.url

    @property
    def keeper(self) -> str:
        """The archive, where it is the archive's copy itself that is cited: who has it, never who wrote it."""
        return self.archive if self.archived_url and self.archived_url == self.url else ""
