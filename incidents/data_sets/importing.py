"""Rows into the archive: a report and a draft incident each, and the question whether its attack is known already."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DataError, IntegrityError, transaction

from archive import intake, passages
from archive.intake import Outcome, Receipt
from archive.intake.source_names import sources_by_name
from archive.locking import acting
from archive.models import Passage, Place, TextVersion, User
from archive.readers.record import GUESSED, MAPPING, UNKNOWN, Record, Refusal
from archive.terms import SourceKind
from archive.text import excerpt, guess_language
from incidents import curation
from incidents.data_sets.maps import DataMap
from incidents.data_sets.nearest import Places, Spot
from incidents.data_sets.reading import LONGEST_TITLE, Known, Row
from incidents.data_sets.rows import EXTRACTOR
from incidents.duplicates import one_at_a_time
from incidents.errors import CurationError
from incidents.likeness.pairs import note_pairs
from incidents.models import Actor, FacilityType, IdentifierScheme, Incident, IncidentIdentifier, LikelyPair, Weapon
from incidents.terms import Aspect

VOCABULARIES = {Aspect.ACTOR: Actor, Aspect.WEAPON: Weapon, Aspect.FACILITY_TYPE: FacilityType}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a row. ``incident`` is its draft, or the incident that has its identifier; ``reason`` why not.

    A `NEW_CAPTURE` is a row that says something else than when it was taken in: its report has another text now.
    """

    outcome: Outcome
    locator: str
    identifier: str = ""
    incident: Incident | None = None
    claims: int = 0
    pairs: tuple[LikelyPair, ...] = ()
    reason: str = ""
    notes: tuple[str, ...] = ()


class Importer:
    """Takes the rows of one data set in; ``rows`` as `Reading` gives them."""

    def __init__(self, data_map: DataMap, *, by: User | None) -> None:
        self.data_map, self.by = data_map, by
        self.terms: dict[str, dict[str, Any]] = {
            aspect: {row.slug: row for row in model.objects.all()} for aspect, model in VOCABULARIES.items()
        }
        self.scheme: IdentifierScheme | None = None

    def take_in(self, rows: Iterable[Row | Refusal]) -> Iterator[Taken]:
        """What came of each row, in their order, when it is committed. Cut off, the same rows again add the rest."""
        self.scheme = scheme_of(self.data_map, by=self.by)
        call_it_a_data_set(self.data_map.name, by=self.by)
        waiting: deque[Row | Refusal] = deque()

        def records() -> Iterator[Record | Refusal]:
            for row in rows:
                waiting.append(row)
                yield row if isinstance(row, Refusal) else record_of(row, self.data_map)

        for receipt in intake.receive_all(records(), by=self.by):
            row = waiting.popleft()
            if isinstance(row, Refusal) or receipt.outcome == Outcome.REFUSED:
                reason = row.reason if isinstance(row, Refusal) else receipt.reason
                yield Taken(outcome=Outcome.REFUSED, locator=row.locator, reason=reason)
            else:
                yield self.take_row(row, receipt)

    def take_row(self, row: Row, receipt: Receipt) -> Taken:
        """Make the draft of a row whose report is in, unless its identifier is known: then it is left as it is."""
        assert self.scheme is not None
        assert receipt.text_version is not None
        common: dict[str, Any] = {"locator": row.locator, "identifier": row.identifier, "notes": row.notes}
        try:
            with acting(self.by):
                one_at_a_time(IncidentIdentifier)
                if known := incident_of(self.scheme, row.identifier):
                    return known_row(known, receipt, common)
                incident, count = self.draft(row, receipt.text_version)
                pairs = note_pairs(incident, by=self.by)
        except (CurationError, passages.PassageError, DataError, IntegrityError) as error:
            reason = f"its report is in, its incident is not: {str(error).splitlines()[0]}"
            return Taken(outcome=Outcome.REFUSED, reason=reason, **common)
        return Taken(outcome=Outcome.ADDED, incident=incident, claims=count, pairs=tuple(pairs), **common)

    def draft(self, row: Row, text: TextVersion) -> tuple[Incident, int]:
        """The incident with its claims and its identifier; raises as the services do."""
        assert self.scheme is not None
        title = row.working_title or excerpt(title_of(row, self.data_map), LONGEST_TITLE)
        incident = curation.create_incident(by=self.by, scope=self.data_map.scope, working_title=title)
        places = Place.objects.in_bulk(
            [claim.values["place"] for claim in row.claims if "place" in claim.values], field_name="pcode"
        )
        marked: dict[tuple[int, int], Passage] = {}
        for claim in row.claims:
            if claim.words not in marked:
                marked[claim.words] = self.mark(text, claim.words)
            values = dict(claim.values)
            if "place" in values:
                values["place"] = places[values["place"]]
            elif claim.aspect in values:
                values[claim.aspect] = self.terms[claim.aspect][values[claim.aspect]]
            curation.make_claim(
                incident=incident,
                by=self.by,
                aspect=claim.aspect,
                passage=marked[claim.words],
                reasoning=claim.reasoning,
                **values,
            )
        curation.add_identifier(incident, by=self.by, scheme=self.scheme, value=row.identifier)
        return incident, len(row.claims)

    def mark(self, text: TextVersion, words: tuple[int, int]) -> Passage:
        start, end = words
        exact = text.text[start:end]
        return passages.mark(text_version=text, start=start, end=end, exact=exact, seen_sha256=text.sha256, by=self.by)


def known_row(incident: Incident, receipt: Receipt, common: dict[str, Any]) -> Taken:
    """A row whose identifier stands on an incident: nothing is made; a text that is new is told."""
    if receipt.outcome == Outcome.ADDED:  # an editor gave the incident its identifier before
        told = {**common, "notes": (*common["notes"], "its report is new, for an editor to cite")}
        return Taken(outcome=Outcome.ALREADY_THERE, incident=incident, **told)
    return Taken(outcome=receipt.outcome, incident=incident, **common)


def title_of(row: Row, data_map: DataMap) -> str:
    return f"{data_map.scheme_name or data_map.name}: {row.identifier}"


def record_of(row: Row, data_map: DataMap) -> Record:
    """The report of a row: known by its source and its title, which has the identifier; it has no day of its own."""
    language = data_map.language or guess_language(row.text)
    derived = dict.fromkeys(("published", "url", "authors"), UNKNOWN) | {"title": MAPPING, "source": MAPPING}
    derived["language"] = MAPPING if data_map.language else GUESSED if language else UNKNOWN
    file_name, _, _ = row.locator.rpartition(":")
    return Record(
        title=title_of(row, data_map),
        source=data_map.name,
        published="",
        language=language,
        url="",
        authors=(),
        text=row.text,
        raw=row.raw,
        media_type="application/json",
        encoding=row.encoding,
        extractor=EXTRACTOR,
        file_name=file_name,
        position=row.position,
        locator=row.locator,
        derived=derived,
        notes=row.notes,
    )


def scheme_of(data_map: DataMap, *, by: User | None) -> IdentifierScheme:
    """The scheme that the map names, made where there is none: readers see its identifiers."""
    name = data_map.scheme_name or data_map.name
    defaults = {"name_en": name, "created_by": by}
    scheme, _made = IdentifierScheme.objects.get_or_create(slug=data_map.scheme, defaults=defaults)
    return scheme


def call_it_a_data_set(name: str, *, by: User | None) -> None:
    """Say of a source that nobody has described that it is a data set."""
    with transaction.atomic():
        source = sources_by_name([name], by=by)[name]
        if source.lock_version == 1 and source.kind == SourceKind.OUTLET and not source.articles.exists():
            intake.change_source(source, by=by, seen=source.lock_version, kind=SourceKind.DATASET.value)


def incident_of(scheme: IdentifierScheme, value: str) -> Incident | None:
    """The incident that has an identifier, or had it: what an editor ended is not made again."""
    rows = IncidentIdentifier.objects.filter(scheme=scheme, value=value).select_related("incident")
    found = rows.order_by("ended_at", "pk").first()
    return found.incident if found else None


def known_identifiers(scheme: str) -> set[str]:
    return set(IncidentIdentifier.objects.filter(scheme__slug=scheme).values_list("value", flat=True))


def vocabularies() -> Known:
    """What the vocabularies call their terms, folded, by aspect; a name of two terms is none."""
    known: dict[str, dict[str, str]] = {}
    for aspect, model in VOCABULARIES.items():
        names: dict[str, set[str]] = {}
        for row in model.objects.all():
            for name in (row.slug, row.name_en, row.name_ar, *(getattr(row, "aliases", None) or ())):
                names.setdefault(" ".join(name.casefold().split()), set()).add(row.slug)
        known[aspect] = {name: slugs.pop() for name, slugs in names.items() if name and len(slugs) == 1}
    return known


def all_places() -> Places:
    rows = list(
        Place.objects.order_by("level").values_list("pk", "pcode", "label_en", "level", "lat", "lon", "ancestors")
    )
    codes = {row[0]: row[1] for row in rows}
    return Places(
        Spot(pcode, name, level, lat, lon, tuple(codes[pk] for pk in above))
        for _, pcode, name, level, lat, lon, above in rows
    )


def what_the_map_lacks(data_map: DataMap, places: Places) -> list[str]:
    """What the map names and the archive does not have, as sentences; none when it can be used."""
    slugs = {aspect: set(model.objects.values_list("slug", flat=True)) for aspect, model in VOCABULARIES.items()}
    lacking = sorted({(str(aspect), slug) for aspect, slug in data_map.terms() if slug not in slugs[Aspect(aspect)]})
    found = [f"There is no {aspect.replace('_', ' ')} “{slug}”." for aspect, slug in lacking]
    areas = set(data_map.place.areas.values()) if data_map.place else set()
    return found + [f"No place has the P-code “{pcode}”." for pcode in sorted(areas - {""} - set(places.by_pcode))]
