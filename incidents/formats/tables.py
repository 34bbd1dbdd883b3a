"""The tables of public fields: CSV headers, JSON schemas, the codebook, the API's and the package's schemas read them.

Those of the record follow from its types (`incidents.record`).

A test walks what the site really gives out and fails on a key that is not here, or on one here that is never given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from archive.articles.fields import ARTICLE, ARTICLE_DOCUMENT
from archive.fields import Field, renamed
from incidents.formats import conflict_columns, vocabulary_fields
from incidents.record.package_rows import CLAIM_ROW, CLOSED
from incidents.record.row import FLAT, STATE
from incidents.record.whole import DOCUMENT, EDITION

# A row of a list: of a withdrawn or merged incident all facts are empty.
KEPT_WHEN_CLOSED = ("code", "version", "permalink")
ROW = (
    *(field if field.name in KEPT_WHEN_CLOSED else renamed(field, is_required=False) for field in FLAT),
    *STATE,
)


@dataclass(frozen=True)
class Table:
    """Fields that belong together. ``name`` is that of the file in the package and of the schema in the API."""

    name: str
    title: Any
    found_in: Any
    fields: Sequence[Field]
    key: str = ""


ROWS = Table(
    "incidents",
    _("Incidents"),
    _("incidents.csv, .json, .jsonl, .geojson (as properties), and the lists of the API"),
    ROW,
    key="code",
)
EDITIONS = Table(
    "editions", _("The whole record of an incident"), _("the .json of an incident or edition, and the API"), DOCUMENT
)
ARTICLES = Table("articles", _("Articles"), _("articles.csv, .jsonl, and the API"), ARTICLE, key="id")
ARTICLE_DOCUMENTS = Table("article", _("The whole of an article"), _("the API"), ARTICLE_DOCUMENT)
PLACES = Table("places", _("Places"), _("the API and the data package"), vocabulary_fields.PLACE, key="pcode")
FACILITIES = Table(
    "facilities", _("Facilities"), _("the API and the data package"), vocabulary_fields.FACILITY, key="id"
)
FACILITY_TYPES = Table(
    "facility_types",
    _("Kinds of facility"),
    _("the API and the data package"),
    vocabulary_fields.FACILITY_TYPE,
    key="slug",
)
ACTORS = Table("actors", _("Actors"), _("the API and the data package"), vocabulary_fields.ACTOR, key="slug")
WEAPONS = Table("weapons", _("Weapons"), _("the API and the data package"), vocabulary_fields.WEAPON, key="slug")
SOURCES = Table("sources", _("Sources"), _("the API and the data package"), vocabulary_fields.SOURCE, key="slug")
CLAIMS = Table("claims", _("Claims"), _("claims.csv of the data package"), CLAIM_ROW, key="id")
CLOSED_INCIDENTS = Table(
    "closed", _("Withdrawn and merged incidents"), _("closed.csv of the data package"), CLOSED, key="code"
)
GED = Table(
    "incidents_ucdp_ged",
    _("Incidents under the column names of UCDP GED"),
    _("incidents_ucdp_ged.csv of the data package"),
    conflict_columns.GED,
    key="id",
)
ACLED = Table(
    "incidents_acled",
    _("Incidents under the column names of ACLED"),
    _("incidents_acled.csv of the data package"),
    conflict_columns.ACLED,
    key="event_id_cnty",
)
# The incidents of the package are all published: their facts are as the editions state them.
PACKAGED = Table("incidents", ROWS.title, _("incidents.csv of the data package"), FLAT, key="code")
VOCABULARIES = (PLACES, FACILITIES, FACILITY_TYPES, ACTORS, WEAPONS, SOURCES)
TABLES = (ROWS, EDITIONS, ARTICLES, ARTICLE_DOCUMENTS, *VOCABULARIES, CLAIMS, CLOSED_INCIDENTS, GED, ACLED)

__all__ = ["EDITION", "FLAT", "ROW", "STATE", "TABLES", "VOCABULARIES", "Table"]
