"""The whole record of an edition: what is stored and hashed, and what `/incidents/<code>.json` and the API give out."""

from typing import Annotated, NotRequired, TypedDict

from django.utils.translation import gettext_lazy as _

from archive.fields.typed import fields_of, says
from incidents.record.cited_parts import CitedArticle, ClaimRecord, PassageRecord, Sentence
from incidents.record.links import LinkRecord
from incidents.record.parts import (
    ActorRecord,
    CountsRecord,
    DamageRecord,
    FacilityRecord,
    GroupCount,
    IdentifierRecord,
    Occurred,
    OneOfRecord,
    PlaceRecord,
    TermRecord,
)
from incidents.record.row import Code, OfScope, Permalink, PublishedAt, TitleAr, TitleEn, Version


class IncidentRecord(TypedDict):
    """What an edition states for ever. Plain JSON: `Edition.content` is one, and its digest is of just these bytes."""

    schema: Annotated[int, says(_("The number of this form of the record."), minimum=1)]
    code: Code
    version: Version
    scope: OfScope
    title_en: TitleEn
    title_ar: TitleAr
    published_at: PublishedAt
    note: Annotated[str, says(_("The editors’ public note on what is new in this edition."))]
    note_ar: NotRequired[Annotated[str, says(_("The same note in Arabic; only where it was written."))]]
    occurred: Annotated[Occurred | None, says(_("When it happened; null where no claim says it."))]
    place_generalised: NotRequired[
        Annotated[
            bool,
            says(
                _(
                    "true where readers learn only the district, so that people are not found: places, and those of "
                    "facilities, are then districts, and a sign stands for the names of towns."
                )
            ),
        ]
    ]
    places: Annotated[list[PlaceRecord], says(_("Where it happened; the first place is that of maps and lists."))]
    facilities: Annotated[list[FacilityRecord], says(_("The facilities that were struck."))]
    facility_types: Annotated[list[TermRecord], says(_("The kinds of facility that were struck."))]
    actors: Annotated[list[ActorRecord], says(_("Who is said to have done it, and who says so."))]
    actors_one_of: NotRequired[
        Annotated[list[OneOfRecord], says(_("Several actors of whom one did it; only where a claim says so."))]
    ]
    weapons: Annotated[list[TermRecord], says(_("With what."))]
    killed: Annotated[CountsRecord | None, says(_("How many were killed; null where no claim says it."))]
    injured: Annotated[CountsRecord | None, says(_("How many were injured; null where no claim says it."))]
    detained: NotRequired[Annotated[CountsRecord, says(_("How many were detained; only where a claim speaks of it."))]]
    abducted: NotRequired[Annotated[CountsRecord, says(_("How many were abducted; only where a claim speaks of it."))]]
    displaced: NotRequired[
        Annotated[CountsRecord, says(_("How many were displaced; only where a claim speaks of it."))]
    ]
    strikes: NotRequired[Annotated[CountsRecord, says(_("How many strikes hit; only where a claim speaks of it."))]]
    looted: NotRequired[
        Annotated[
            CountsRecord, says(_("That something was looted, and how many times; only where a claim speaks of it."))
        ]
    ]
    obstructed: NotRequired[
        Annotated[
            CountsRecord,
            says(_("That help or work was obstructed, and how many times; only where a claim speaks of it.")),
        ]
    ]
    threatened: NotRequired[
        Annotated[
            CountsRecord, says(_("That people were threatened, and how many times; only where a claim speaks of it."))
        ]
    ]
    damage: NotRequired[
        Annotated[list[DamageRecord], says(_("What became of facilities; only where a claim says so."))]
    ]
    claims: Annotated[list[ClaimRecord], says(_("Every claim, also those that do not count."))]
    passages: Annotated[dict[str, PassageRecord], says(_("The passages that claims cite, by identifier."))]
    articles: Annotated[dict[str, CitedArticle], says(_("The articles that they are of, by identifier."))]
    summary: Annotated[list[Sentence], says(_("The editors’ own summary, sentence by sentence; may be empty."))]
    identifiers: NotRequired[
        Annotated[list[IdentifierRecord], says(_("What other data sets call it; only where one is known."))]
    ]


class Document(IncidentRecord):
    """The JSON document of an edition: the record, its address, and the digest of what was stored."""

    permalink: Permalink
    sha256: Annotated[
        str,
        says(
            _(
                "The SHA-256 of the edition as it was published: its JSON with sorted keys, no spaces, in UTF-8, "
                "without permalink, sha256, merged_from and links. It stays the same where words are withheld later."
            ),
            pattern="^[0-9a-f]{64}$",
        ),
    ]
    merged_from: NotRequired[
        Annotated[
            list[str],
            says(_("The codes of other records of the same attack, merged into this one; only where there are any.")),
        ]
    ]
    links: NotRequired[
        Annotated[
            list[LinkRecord],
            says(
                _(
                    "Incidents that the editors linked to this one, as of today and no part of the edition; only at "
                    "the address of the current record, where there are any."
                )
            ),
        ]
    ]


def counts_in(record: IncidentRecord, aspect: str) -> CountsRecord | None:
    """Return what a record says of an aspect that counts people."""
    found: CountsRecord | None = record.get(aspect)  # type: ignore[assignment]
    return found


def groups_in(record: IncidentRecord, aspect: str) -> list[GroupCount]:
    """Return the numbers of each group that claims speak of."""
    counts = counts_in(record, aspect)
    return counts["groups"] if counts else []


EDITION = fields_of(IncidentRecord)
DOCUMENT = fields_of(Document)
