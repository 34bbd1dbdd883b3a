"""Editions, looked at again by `manage.py verify`."""

from collections.abc import Iterable, Iterator

from archive.models import Passage
from archive.verifying.kinds import Finding, Kind, found, paged
from incidents.models import Edition
from incidents.record.writing import digest


def look(after: int) -> Iterator[tuple[int, list[Finding]]]:
    for edition in paged(Edition.objects.select_related("incident"), after):
        yield edition.pk, found(f"edition {edition.incident.code} v{edition.number}", _problems(edition))


def _problems(edition: Edition) -> Iterator[str]:
    content = edition.content
    sha256 = digest(content)
    if sha256 != edition.sha256:
        yield f"the SHA-256 of its content is {sha256}, not {edition.sha256}"
    if (content.get("code"), content.get("version")) != (edition.incident.code, edition.number):
        yield "its content is that of another edition"
    cited = content.get("passages") or {}
    there = dict(Passage.objects.filter(public_id__in=cited).values_list("public_id", "exact"))
    for public_id, passage in sorted(cited.items()):
        if there.get(public_id) != passage.get("exact"):
            yield f"the archive has other words as passage {public_id}"


def digests_after(pk: int) -> Iterable[tuple[int, str]]:
    """Key and sha256 of the editions after one, for manifests."""
    return Edition.objects.filter(pk__gt=pk).order_by("pk").values_list("pk", "sha256")


def count() -> int:
    return Edition.objects.count()


KIND = Kind("editions", count, look)
