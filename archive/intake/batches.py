"""One batch of records, judged one after the other as if each were alone, then written together."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from archive import capture_bytes
from archive.intake.dossiers import Dossier, Known, look_up
from archive.intake.identity import Identity, identify, published_on
from archive.intake.receipts import Outcome, Receipt
from archive.intake.source_names import sources_by_name
from archive.models import Article, ArticleKey, Capture, Source, TextVersion, User
from archive.readers import Record
from archive.readers.record import OPENING_WORDS, UNKNOWN, UNREADABLE
from archive.terms import KeyScheme
from archive.text import NORMALISATION
from archive.unused_codes import give_unused_codes

AUTHORS_LENGTH = 500
# Fields of an article by the names that a record has for them.
FIELDS = {
    "title": "title",
    "source": "source",
    "published": "published_on",
    "language": "language",
    "url": "url",
    "authors": "authors",
}


class Batch:
    """Judges records with `judge`, in their order, then writes what is new with `write`; the caller holds the lock."""

    def __init__(self, records: Sequence[Record], *, by: User | None, method: str) -> None:
        self.by, self.method = by, method
        self.records = [(record, identify(record)) for record in records]
        self.sources = sources_by_name((record.source for record in records), by=by)
        identities = [identity for _, identity in self.records]
        keys = {key for identity in identities for key in identity.keys}
        self.known: Known = look_up(keys, {identity.text_digest for identity in identities})
        self.new_articles: list[Article] = []
        self.new_keys: list[ArticleKey] = []
        self.new_bytes: dict[str, bytes] = {}
        self.known_bytes: dict[str, bytes] = {}
        self.restored: list[str] = []
        self.new_captures: list[Capture] = []
        self.new_texts: list[TextVersion] = []
        self.filled: dict[int, Dossier] = {}

    def judge(self) -> list[Receipt]:
        """Say what each record is and note what has to be written for it."""
        return [self._judge(record, identity) for record, identity in self.records]

    def _judge(self, record: Record, identity: Identity) -> Receipt:
        filled_in: tuple[str, ...] = ()
        dossier = self._find(record, identity)
        if dossier is None:
            dossier = self._open(record, identity)
        else:
            filled_in = self._fill_in(dossier, record, identity)
        self._add_keys(dossier, identity)
        text = dossier.texts.get(identity.text_digest)
        digest = sha256(record.raw).hexdigest()
        if capture := dossier.captures.get(digest):
            self.known_bytes[digest] = record.raw
        if text is not None and (capture or record.provenance.captured_at is None):
            outcome, capture = Outcome.ALREADY_THERE, text.capture
        elif text is not None:  # the page was looked at again, and said the same
            outcome, capture = Outcome.NEW_CAPTURE, self._add_capture(dossier, record, same_text=text)
        else:
            outcome = Outcome.NEW_CAPTURE if dossier.texts else Outcome.ADDED
            capture = capture or self._add_capture(dossier, record)
            text = self._add_text(dossier, capture, record, identity)
        return Receipt(
            outcome=outcome,
            locator=record.locator,
            article=dossier.article,
            capture=capture,
            text_version=text,
            filled_in=filled_in,
            notes=record.notes,
            unknown=_unknown(record, identity),
        )

    def write(self, *, is_rehearsal: bool = False) -> None:
        """Write all that is new, and bytes that were lost: `restored` has their digests.

        Constraint violations of the database and faults of the storage pass through.
        """
        give_unused_codes(self.new_articles)
        Article.objects.bulk_create(self.new_articles)
        for dossier in self.filled.values():
            dossier.article.save(update_fields=[*dossier.filled_in, "metadata_origin", "updated_at"])
        ArticleKey.objects.bulk_create(self.new_keys)
        self.restored = capture_bytes.keep({**self.known_bytes, **self.new_bytes}, is_rehearsal=is_rehearsal)
        again = [capture for capture in self.new_captures if capture.same_text is not None]
        Capture.objects.bulk_create([capture for capture in self.new_captures if capture.same_text is None])
        TextVersion.objects.bulk_create(self.new_texts)
        for capture in again:  # its text may be of this very batch
            capture.same_text = capture.same_text
        Capture.objects.bulk_create(again)

    def _source(self, record: Record) -> Source | None:
        return self.sources.get(record.source)

    def _find(self, record: Record, identity: Identity) -> Dossier | None:
        """The article that the record is of, by the rules of `archive.intake.identity`."""
        for key in identity.keys:
            dossier = self.known.by_key.get(key)
            if dossier and not identity.has_other_address(dossier.url_key):
                return dossier
        source = self._source(record)
        for dossier in self.known.by_text.get(identity.text_digest, []):
            is_other = identity.contradicts(dossier.article, source.pk if source else None)
            if not is_other and not identity.has_other_address(dossier.url_key):
                return dossier
        return None

    def _open(self, record: Record, identity: Identity) -> Dossier:
        article = Article(
            source=self._source(record),
            title=record.title,
            url=record.url,
            authors="; ".join(record.authors)[:AUTHORS_LENGTH],
            language=record.language,
            published_on=identity.published_on,
            metadata_origin=_origin(record),
            created_by=self.by,
        )
        self.new_articles.append(article)
        return Dossier(article)

    def _fill_in(self, dossier: Dossier, record: Record, identity: Identity) -> tuple[str, ...]:
        """Give the article what it did not know and the record does; never change what somebody wrote."""
        article, origin = dossier.article, dossier.article.metadata_origin
        offered = {
            "source": self._source(record),
            "url": record.url,
            "authors": "; ".join(record.authors)[:AUTHORS_LENGTH],
            "language": record.language,
            "published_on": identity.published_on,
        }
        news = {name: value for name, value in offered.items() if value and not getattr(article, name)}
        if origin.get("title") == OPENING_WORDS and record.derived["title"] != OPENING_WORDS:
            news["title"] = record.title
        news = {name: value for name, value in news.items() if origin.get(name) != "editor"}
        for name, value in news.items():
            setattr(article, name, value)
            origin[name] = _origin(record)[name]
        if news:
            dossier.filled_in.update(news)
            if article.pk is not None:
                self.filled[article.pk] = dossier
        return tuple(news)

    def _add_keys(self, dossier: Dossier, identity: Identity) -> None:
        for key in identity.keys:
            scheme, value = key
            is_second_url = scheme == KeyScheme.URL and dossier.url_key
            if key in self.known.by_key or is_second_url:
                continue
            self.known.by_key[key] = dossier
            self.new_keys.append(ArticleKey(article=dossier.article, scheme=scheme, value=value))
            if scheme == KeyScheme.URL:
                dossier.url_key = value

    def _add_text(self, dossier: Dossier, capture: Capture, record: Record, identity: Identity) -> TextVersion:
        drawing = record.drawing
        text = TextVersion(
            article=dossier.article,
            capture=capture,
            number=max((earlier.number for earlier in dossier.texts.values()), default=0) + 1,
            text=record.text,
            sha256=identity.text_digest,
            length=len(record.text),
            normalisation=NORMALISATION,
            extractor=record.extractor,
            settings=dict(drawing.settings),
            captions=[list(span) for span in drawing.captions],
            flag=drawing.flag,
            flag_reason=drawing.flag_reason,
            updated=drawing.updated,
            created_by=self.by,
        )
        dossier.texts[text.sha256] = text
        self.known.by_text[text.sha256].append(dossier)
        self.new_texts.append(text)
        return text

    def _add_capture(self, dossier: Dossier, record: Record, same_text: TextVersion | None = None) -> Capture:
        digest = sha256(record.raw).hexdigest()
        self.new_bytes[digest] = record.raw
        capture = Capture(
            article=dossier.article,
            bytes_id=digest,
            size=len(record.raw),
            media_type=record.media_type,
            encoding=record.encoding,
            method=self.method,
            file_name=record.file_name[:500],
            locator=record.position,
            original_url=record.provenance.url or record.url,
            tool=record.provenance.tool or record.extractor,
            **_provenance(record),
            same_text=same_text,
            created_by=self.by,
        )
        dossier.captures[digest] = capture
        self.new_captures.append(capture)
        return capture


def _provenance(record: Record) -> dict[str, Any]:
    """How the copy came about, as the fields of `Capture` have it."""
    known = record.provenance
    return {
        "captured_at": known.captured_at,
        "clock": known.clock,
        "settings": dict(known.settings),
        "final_url": known.final_url,
        "redirects": [{"url": hop.url, "status": hop.status} for hop in known.redirects],
        "http_status": known.status,
        "http_headers": [list(header) for header in known.headers],
        "payload_sha256": known.payload_sha256,
        "payload_size": known.payload_size,
        "block_sha256": known.block_sha256,
        "file_sha256": known.file_sha256,
        "warnings": list(known.warnings),
    }


def _unknown(record: Record, identity: Identity) -> dict[str, str]:
    """Why a record has no day of publication or no source, where it has none."""
    known = {"published": identity.published_on, "source": record.source}
    why = {**dict.fromkeys(known, "not stated"), **record.unreadable}
    if record.published:
        why["published"] = "only a month or a year"
    return {name: why[name] for name, value in known.items() if not value}


def _origin(record: Record) -> dict[str, str]:
    """How each field was found, by the article's names for them; a date that is no day says so."""
    origin = {FIELDS[name]: how for name, how in record.derived.items()}
    if record.published and published_on(record) is None:
        origin["published_on"] = UNREADABLE
        origin["published_as_stated"] = record.published
    if record.notes:
        origin["encoding"] = "; ".join(record.notes)
    return {name: how for name, how in origin.items() if how != UNKNOWN}
