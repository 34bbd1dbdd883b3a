"""Makes again what follows from texts, after the software that makes it has changed: batch by batch, to be cut off.

Each batch is one short transaction that also notes how far it is (`Remade`), so that killing it at any moment loses at
most one batch, and the next run goes on behind it. Making something twice gives the same. Mentions, texts, passages and
editions are never made again: they stay as they were written.
"""

import hashlib
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model, QuerySet

from archive import copies, following, search
from archive.gazetteer.reported_spellings import refresh_places, with_reported_name
from archive.intake.services import one_at_a_time
from archive.models import Article, Remade, TextSketch, TextVersion

LOCK = 7_316_840_203  # of PostgreSQL's advisory locks: one run at a time
SECONDS = 10.0  # between two lines that say how far it is
# What decides how something is made. `requirements/run.txt` stands for the libraries.
MADE_BY = ("archive/**/*.py", "incidents/**/*.py", "fixtures/gazetteer/**/*", "fixtures/vocabularies/**/*")


class BusyError(Exception):
    """Another run is at it."""


@dataclass(frozen=True)
class Step:
    """Something that is made again, in the order of primary keys.

    ``rows`` are what there is to do; ``make`` gets at most ``batch`` of their primary keys, within a transaction.
    """

    name: str
    what: str
    rows: Callable[[], QuerySet[Model]]
    make: Callable[[Sequence[int]], object]
    batch: int = 100

    def after(self, last: int) -> QuerySet[Model]:
        return self.rows().filter(pk__gt=last).order_by("pk")


def remake_copies(pks: Sequence[int]) -> None:
    one_at_a_time()
    TextSketch.objects.filter(text_version__in=pks).exclude(rules=copies.RULES).delete()
    copies.note_copies(list(copies.without_sketch().filter(pk__in=pks)))


def with_passages() -> QuerySet[Article]:
    return Article.objects.filter(texts__passages__isnull=False).distinct()


STEPS = (
    Step("copies", "texts compared with earlier ones", TextVersion.objects.all, remake_copies),
    Step("passages", "articles whose passages are looked for in their current texts", with_passages, following.follow),
    Step("names", "places named as most reports name them", with_reported_name, refresh_places),
    Step("articles", "rows of articles", Article.objects.all, search.index_articles),
)


def software() -> str:
    """Return the digest of the programs, words and libraries that make what is made: 64 hexadecimal digits."""
    root, digest = Path(settings.BASE_DIR), hashlib.sha256()
    found = [path for pattern in MADE_BY for path in root.glob(pattern) if path.is_file() and path.suffix != ".pyc"]
    for path in sorted([*found, root / "requirements" / "run.txt"]):
        digest.update(f"{path.relative_to(root)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def remake(
    steps: Collection[Step],
    *,
    again: bool = False,
    tell: Callable[[str], None],
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Make what these steps say, from where an earlier run of the same software ended; ``again`` begins anew.

    ``tell`` gets lines that say what is done and how far it is. Raises `BusyError` while another run is at it.
    """
    with alone():
        made_by = software()
        for step in steps:
            _remake(step, made_by, again=again, tell=tell, clock=clock)


def _remake(step: Step, made_by: str, *, again: bool, tell: Callable[[str], None], clock: Callable[[], float]) -> None:
    state, _is_new = Remade.objects.get_or_create(step=step.name, defaults={"software": made_by})
    if again or state.software != made_by:
        state.software, state.last, state.is_done = made_by, 0, False
        state.save()
    if state.is_done:
        tell(f"{step.name}: as this software makes them.")
        return
    total, done, began = step.after(state.last).count(), 0, clock()
    behind = f" left after {state.last:,}" if state.last else ""
    tell(f"{step.name}: {total:,} {step.what}{behind}")
    told = began
    while count := _make_batch(step, state):
        done += count
        if clock() - told >= SECONDS:
            told = clock()
            tell(f"{step.name}: {done:,} of {total:,}, {_left(done, total, told - began)}")
    tell(f"{step.name}: done, {done:,} in {clock() - began:.0f} s.")


@transaction.atomic
def _make_batch(step: Step, state: Remade) -> int:
    """Make the next batch and note it, together or not at all; return how many, 0 at the end."""
    pks = list(step.after(state.last).values_list("pk", flat=True)[: step.batch])
    if pks:
        step.make(pks)
        state.last = pks[-1]
    else:
        state.is_done = True
    state.save()
    return len(pks)


def _left(done: int, total: int, seconds: float) -> str:
    minutes = max(total - done, 0) * seconds / done / 60
    return f"about {minutes:.0f} min left" if minutes >= 1 else "less than a minute left"


@contextmanager
def alone() -> Iterator[None]:
    """Hold a lock that ends with the connection, whatever becomes of this process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise BusyError
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def unfinished() -> QuerySet[Remade]:
    return Remade.objects.filter(is_done=False).order_by("step")
