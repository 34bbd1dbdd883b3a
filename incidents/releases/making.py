"""Making a release: written whole, put into the storage, read back; then a row, and only then does it exist."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from archive.codes import new_code
from archive.depot import store
from archive.models import Article
from incidents.formats import package, tables
from incidents.models import Edition, Release
from incidents.releases import describing, keeping, standing
from incidents.releases.differing import Differences, differences, digests, lines_of

# Any number, as long as no other lock of the archive has it. Held until the transaction ends.
LOCK = 7_316_840_417
COMPARED = (tables.PACKAGED.name, tables.CLAIMS.name, tables.ARTICLES.name)
SUMS, FOLDER_CODE = "sha256sums.txt", 16


class BusyError(Exception):
    """Another release is being made."""


def make(*, note: str = "") -> Release:
    """Make a release of what readers may have today. Raises `BusyError`, `AwayError`, `OSError`, `ValidationError`.

    When anything fails, or the process ends, there is no release; its files are removed now or by the next one.
    """
    Release._meta.get_field("note").run_validators(note)
    if "\x00" in note:
        raise ValidationError("The note has a character that no text has (NUL).")
    folder = new_code(FOLDER_CODE)
    try:
        with transaction.atomic():
            begin()
            made = written(folder, note)
    except BaseException:
        forget(folder)
        raise
    remove_unfinished()
    return made


def begin() -> None:
    """See one state of the database, alone. Raises `BusyError`."""
    with connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        if not try_lock(cursor):
            raise BusyError("Another release is being made.")


def try_lock(cursor: Any) -> bool:
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
    return bool(cursor.fetchone()[0])


def written(folder: str, note: str) -> Release:
    made_at = timezone.now().astimezone(UTC)
    before = Release.objects.first()
    name = next_name(made_at)
    with tempfile.TemporaryDirectory(prefix="release-") as scratch:
        here = Path(scratch) / "data"
        counts = package.export(here, release=name)
        size = sum(path.stat().st_size for path in here.iterdir())
        texts = {
            "README.md": describing.readme(name, made_at, note, counts),
            "CITATION.cff": describing.citation(name, made_at),
            "datacite.json": describing.datacite(name, made_at, before.name if before else "", size),
        }
        describe(here, texts)
        differing = compared(here, before)
        archive = packed(here, Path(scratch), name, made_at)
        files = [keeping.put(folder, path) for path in sorted(here.iterdir())]
        return Release.objects.create(
            name=name,
            made_at=made_at,
            note=note,
            folder=folder,
            archive=keeping.put(folder, archive),
            files=files,
            counts=counts,
            differences=differing,
            last_article=Article.objects.aggregate(last=Max("pk"))["last"] or 0,
            last_edition=Edition.objects.aggregate(last=Max("pk"))["last"] or 0,
            kept_back=standing.kept_back(),
        )


def next_name(made_at: datetime) -> str:
    """The day, with a number where the day has one already."""
    day = f"{made_at:%Y-%m-%d}"
    taken = set(Release.objects.filter(name__startswith=day).values_list("name", flat=True))
    further = (f"{day}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (day, *further) if name not in taken)


def describe(folder: Path, texts: dict[str, str]) -> None:
    """Write these files, and the checksums of all."""
    for file, text in texts.items():
        (folder / file).write_text(text, encoding="utf-8")
    listed = [{"name": path.name, "sha256": sha256(path)} for path in sorted(folder.iterdir())]
    (folder / SUMS).write_text(describing.sums(listed), encoding="utf-8")


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def compared(folder: Path, before: Release | None) -> Differences:
    """Return what differs from the release before; nothing where there is none, or its files cannot be read."""
    found: Differences = {}
    if before is None:
        return found
    for table in COMPARED:
        try:
            earlier = digests(lines_of(keeping.pieces(before.folder, f"{table}.csv")))
        except store.UnavailableError:
            return {}
        with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            found[table] = differences(earlier, digests(file))
    return found


def packed(folder: Path, scratch: Path, name: str, made_at: datetime) -> Path:
    """Write all files into one zip, below a folder of its name."""
    whole = f"{slugify(settings.SITE_NAME) or 'archive'}-{name}"
    path = scratch / f"{whole}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bag:
        for one in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(f"{whole}/{one.name}", made_at.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with one.open("rb") as file, bag.open(entry, "w", force_zip64=True) as within:
                while piece := file.read(keeping.STEP):
                    within.write(piece)
    return path


def forget(folder: str) -> None:
    """Remove what was written, as far as the storage lets us; what stays, the next release removes."""
    with ignoring():
        if folder in keeping.folders():
            keeping.remove(folder)


def remove_unfinished() -> None:
    """Remove files of releases that were never made, while nobody makes one."""
    with ignoring(), transaction.atomic(), connection.cursor() as cursor:
        if try_lock(cursor):
            made = set(Release.objects.values_list("folder", flat=True))
            for folder in keeping.folders():
                if folder not in made:
                    keeping.remove(folder)


@contextmanager
def ignoring() -> Iterator[None]:
    try:
        yield
    except store.UnavailableError:
        return
