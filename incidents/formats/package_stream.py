"""The data package as one zip, sent while it is written: nothing lies on the disk, and the first bytes come at once."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify

from archive.articles import exports as article_exports
from archive.exports import csv_rows, joined
from archive.exports.sinks import Sink
from archive.exports.snapshots import snapshot
from archive.fields import names
from archive.models import ArticleRow
from incidents.formats import package, tables
from incidents.formats.package import Record
from incidents.formats.tables import Table
from incidents.formats.vocabulary_rows import VOCABULARIES


def zipped() -> Iterator[bytes]:
    """Yield the zip, from one state of the database. The tables of editions are made in a pass over them each."""
    sink, sizes = Sink(), {}
    created = timezone.now().astimezone(UTC)
    whole = f"{slugify(settings.SITE_NAME) or 'archive'}-{created:%Y-%m-%d}"
    moment = created.timetuple()[:6]
    with snapshot(), zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as bag:
        for table in package.TABLES:
            digest, size = hashlib.sha256(), 0
            entry = zipfile.ZipInfo(f"{whole}/{table.name}.csv", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with bag.open(entry, "w", force_zip64=True) as file:
                for text in joined(csv_rows(names(table.fields), rows_of(table))):
                    piece = text.encode()
                    file.write(piece)
                    digest.update(piece)
                    size += len(piece)
                    yield sink.taken()
            sizes[table.name] = package.Written(size, digest.hexdigest())
        for name, text in package.texts(created, sizes).items():
            bag.writestr(zipfile.ZipInfo(f"{whole}/{name}", moment), text, zipfile.ZIP_DEFLATED)
    yield sink.taken()


def rows_of(table: Table) -> Iterable[Record]:
    if table in package.OF_EDITIONS:
        return package.rows_of_editions(table)
    if table is tables.CLOSED_INCIDENTS:
        return package.closed_rows()
    if table is tables.ARTICLES:
        return article_exports.records(ArticleRow.objects.published().order_by("pk"))
    vocabulary = next(one for one in VOCABULARIES if one.table is table)
    return vocabulary.records(vocabulary.ordered())
