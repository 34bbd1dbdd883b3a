"""Writing the list of what is new."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from archive import custody
from archive.models import CustodyEvent, Manifest
from archive.terms import CustodyAct

FIRST = "# the first\n"  # instead of the line that names the manifest before
OVERLAP = 100  # rows listed once more: one with a lower key may have been written after the last manifest was made

# Gives key and sha256 of the rows after a key, in the order of their keys.
Part = Callable[[int], Iterable[tuple[int, str]]]
_parts: dict[str, Part] = {}


def add_part(name: str, part: Part) -> None:
    """Let manifests list rows of another application; ``name`` stands beside each hash, a word."""
    _parts[name] = part


def make_manifest() -> Manifest:
    """Write the next manifest: a line for the log, one for each copy, text and edition since the last."""
    with transaction.atomic():
        custody.wait()
        before = Manifest.objects.defer("content").first()
        log_number, log_hash = custody.head()
        now = timezone.now()
        upto: dict[str, int] = {}
        lines = [
            f"# Manifest of {settings.SITE_URL}, {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
            f"{before.sha256} manifest {before.number}" if before else FIRST.strip(),
            f"{log_hash} log {log_number}",
            *_of_log(before.log_number if before else 0, log_number),
        ]
        for name, part in _parts.items():
            listed = before.upto.get(name, 0) if before else 0
            rows = list(part(max(listed - OVERLAP, 0)))
            upto[name] = max([listed, *(key for key, _ in rows)])
            lines += [f"{digest} {name}" for _, digest in rows]
        content = "\n".join(lines) + "\n"
        made = Manifest.objects.create(
            created_at=now,
            content=content,
            sha256=sha256(content.encode()).hexdigest(),
            log_number=log_number,
            log_hash=log_hash,
            upto=upto,
        )
        custody.append([custody.event(CustodyAct.STAMPED, by=None, manifest=made.number, sha256=made.sha256)])
    return made


def _of_log(after: int, until: int) -> Iterator[str]:
    """The copies and texts that lines of the log tell of for the first time."""
    told = CustodyEvent.objects.filter(number__gt=after, number__lte=until)
    received = told.filter(event=CustodyAct.RECEIVED).values_list("capture__bytes_id", flat=True)
    drawn = told.filter(event__in=[CustodyAct.TEXT_DRAWN, CustodyAct.TEXT_CORRECTED])
    yield from (f"{digest} capture" for digest in received.order_by("number"))
    yield from (f"{digest} text" for digest in drawn.order_by("number").values_list("text_version__sha256", flat=True))
