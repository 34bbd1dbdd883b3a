"""Manifests: each is that of its SHA-256, the log still is and says what it did, and every time-stamp holds."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from archive.models import CustodyEvent, Manifest
from archive.models.custody_events import NONE_BEFORE
from archive.stamping import FIRST, StampError, check, compare
from archive.verifying import told_manifests
from archive.verifying.kinds import Finding, Kind, found, paged


def look(after: int) -> Iterator[tuple[int, list[Finding]]]:
    for manifest in paged(Manifest.objects.prefetch_related("stamps"), after, size=5):
        yield manifest.pk, found(f"manifest {manifest.number}", _problems(manifest))


def _problems(manifest: Manifest) -> Iterator[str]:
    message = manifest.content.encode()
    digest = sha256(message).hexdigest()
    if digest != manifest.sha256:
        yield f"its SHA-256 is {digest}, not {manifest.sha256}"
    line = CustodyEvent.objects.filter(number=manifest.log_number).values_list("hash", flat=True).first()
    if (line or NONE_BEFORE) != manifest.log_hash or (line is None and manifest.log_number):
        yield f"line {manifest.log_number} of the log has another hash now, or is not there"
    if f"{manifest.log_hash} log {manifest.log_number}\n" not in manifest.content:
        yield "it does not hold the line of the log that is said of it"
    event = CustodyEvent.objects.filter(number=manifest.log_number + 1).first()
    if (said := told_manifests.told_of(event)) and said.get("sha256", manifest.sha256) != manifest.sha256:
        yield f"line {manifest.log_number + 1} of the log tells of another SHA-256"
    elif said.get("manifest") != manifest.number:
        yield f"line {manifest.log_number + 1} of the log does not tell of it"
    before = Manifest.objects.defer("content").filter(pk__lt=manifest.pk).order_by("-pk").first()
    follows = f"{before.sha256} manifest {before.number}\n" if before else FIRST
    if follows not in manifest.content:
        yield f"it does not name manifest {before.number} by its SHA-256" if before else "those before it are not there"
    for stamp in manifest.stamps.all():
        try:
            compare(stamp, message)
            if settings.TSA_ROOT:
                check(message, bytes(stamp.reply), Path(settings.TSA_ROOT))
        except StampError as error:
            yield str(error)


KIND = Kind("manifests", Manifest.objects.count, look)
