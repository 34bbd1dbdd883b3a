"""A run of `verify`: everything, or what was looked at longest ago for as long as there is time."""

import time
from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from archive import custody
from archive.models import Verification
from archive.terms import CustodyAct
from archive.verifying.kinds import Finding, Kind, kinds

KEPT_FINDINGS = 1_000


class Run:
    """One run. ``look`` yields what differs as it is found; ``keep`` writes the result.

    A run with a limit of ``seconds`` goes on where the last one stopped, through the kinds in their order and each kind
    in the order in which its rows came in; after the last of the log comes the first capture again. So what comes next
    is what was looked at longest ago. It stops when the time is over, or when it has gone round once.
    """

    def __init__(self, *, seconds: float | None = None) -> None:
        self.began_at = timezone.now()
        self.counts: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self.finding_count = 0
        self.is_whole = False
        self.reached = ("", 0)
        self._until = None if seconds is None else time.monotonic() + seconds
        last = Verification.objects.first() if seconds is not None else None
        self.begins = (last.reached_kind, last.reached_key) if last else ("", 0)

    def total(self) -> int:
        """How many rows there are to look at when all of them are."""
        return sum(kind.count() for kind in kinds())

    def look(self) -> Iterator[list[Finding]]:
        """Look at row after row and yield what differs of each, mostly nothing."""
        for kind, after, until in self._stretches():
            for key, differing in kind.look(after):
                if until is not None and key > until:
                    break
                self.counts[kind.name] += 1
                self.reached = (kind.name, key)
                self.finding_count += len(differing)
                self.findings += differing[: KEPT_FINDINGS - len(self.findings)]
                yield differing
                if self._until is not None and time.monotonic() >= self._until:
                    return
        self.is_whole = True
        self.reached = ("", 0)

    def _stretches(self) -> Iterator[tuple[Kind, int, int | None]]:
        """Kinds with the key after which to begin, and the last to look at; where the last run stopped comes first."""
        everything = kinds()
        names = [kind.name for kind in everything]
        at = names.index(self.begins[0]) if self.begins[0] in names else 0
        key = self.begins[1] if self.begins[0] in names else 0
        yield everything[at], key, None
        for kind in everything[at + 1 :] + everything[:at]:
            yield kind, 0, None
        if key:
            yield everything[at], 0, key

    def keep(self) -> Verification:
        """Write the result, and let the log tell of it."""
        with transaction.atomic():
            row = Verification.objects.create(
                began_at=self.began_at,
                ended_at=timezone.now(),
                is_whole=self.is_whole,
                counts=dict(self.counts),
                finding_count=self.finding_count,
                findings=[finding._asdict() for finding in self.findings],
                reached_kind=self.reached[0],
                reached_key=self.reached[1],
            )
            details = {"counts": row.counts, "findings": row.finding_count, "whole": row.is_whole}
            custody.append([custody.event(CustodyAct.VERIFIED, by=None, **details)])
        return row


def last_verification() -> Verification | None:
    """Return the newest run, without its list of findings."""
    return Verification.objects.defer("findings").first()


def last_whole() -> Verification | None:
    """Return the newest run that looked at everything."""
    return Verification.objects.defer("findings").filter(is_whole=True).first()


def last_with_findings() -> Verification | None:
    """Return the newest run with what it found."""
    return Verification.objects.first()
