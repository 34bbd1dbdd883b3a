"""What editors, and in translation readers, call the terms of `archive.terms`."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.terms import (
    AboutPart,
    CaptureMethod,
    Clock,
    CustodyAct,
    CustodyRole,
    ErrorState,
    FetchState,
    Followed,
    FoundBy,
    Kept,
    KeyScheme,
    Level,
    NotAnArticle,
    Reading,
    Rhythm,
    SourceKind,
    Spoken,
    Standing,
    TextPolicy,
    Verdict,
    Visibility,
    Whereabouts,
    WithheldKind,
)

Choices = list[tuple[str, Any]]


def choices(vocabulary: type[StrEnum], labels: Mapping[Any, Any]) -> Choices:
    """Return every term of a vocabulary with its label, as fields and forms take them; KeyError where one lacks."""
    return [(term.value, labels[term]) for term in vocabulary]


SOURCE_KINDS = choices(
    SourceKind,
    {
        SourceKind.OUTLET: pgettext_lazy("source", "News outlet"),
        SourceKind.NGO: pgettext_lazy("source", "Non-governmental organisation"),
        SourceKind.OFFICIAL: pgettext_lazy("source", "Official body"),
        SourceKind.DATASET: pgettext_lazy("source", "Data set"),
        SourceKind.DEMONSTRATION: pgettext_lazy("source", "Demonstration"),
    },
)
TEXT_POLICIES = choices(
    TextPolicy,
    {
        TextPolicy.FULL: _("Full text"),
        TextPolicy.PASSAGES: _("Cited passages only"),
        TextPolicy.REFERENCE: _("Reference only"),
    },
)
VISIBILITIES = choices(
    Visibility,
    {Visibility.PUBLIC: _("Public"), Visibility.EMBARGOED: _("Embargoed"), Visibility.WITHHELD: _("Withheld")},
)
WITHHELD_KINDS = choices(
    WithheldKind,
    {
        WithheldKind.WITNESS: pgettext_lazy("withheld", "name of a witness"),
        WithheldKind.VICTIM: pgettext_lazy("withheld", "name of a victim or patient"),
        WithheldKind.STAFF: pgettext_lazy("withheld", "name of a member of staff"),
        WithheldKind.CONTACT: pgettext_lazy("withheld", "address, number or account"),
        WithheldKind.WHEREABOUTS: pgettext_lazy("withheld", "where somebody is"),
        WithheldKind.PRIVATE: pgettext_lazy("withheld", "private matter"),
    },
)
CUSTODY_ACTS = choices(
    CustodyAct,
    {
        CustodyAct.RECEIVED: pgettext_lazy("log", "Received"),
        CustodyAct.TEXT_DRAWN: pgettext_lazy("log", "Text drawn"),
        CustodyAct.TEXT_CORRECTED: pgettext_lazy("log", "Text corrected"),
        CustodyAct.TEXT_JUDGED: pgettext_lazy("log", "Said to be an article, or none"),
        CustodyAct.TEXT_CHOSEN: pgettext_lazy("log", "Made the current text again"),
        CustodyAct.LET_OUT: pgettext_lazy("log", "Shown to readers"),
        CustodyAct.EMBARGOED: pgettext_lazy("log", "Embargoed"),
        CustodyAct.WITHHELD: pgettext_lazy("log", "Withheld"),
        CustodyAct.MOVED: pgettext_lazy("log", "Bytes moved"),
        CustodyAct.EXPORTED: pgettext_lazy("log", "Given out"),
        CustodyAct.RESTORED: pgettext_lazy("log", "Lost bytes written again"),
        CustodyAct.VERIFIED: pgettext_lazy("log", "Verified"),
        CustodyAct.STAMPED: pgettext_lazy("log", "Manifest made or stamped"),
        CustodyAct.WORDS_WITHHELD: pgettext_lazy("log", "Words withheld"),
        CustodyAct.WORDS_RELEASED: pgettext_lazy("log", "Withheld words shown again"),
    },
)
CUSTODY_ROLES = choices(
    CustodyRole,
    {
        CustodyRole.EDITOR: pgettext_lazy("log", "an editor"),
        CustodyRole.COMMAND: pgettext_lazy("log", "a command of the archive"),
    },
)
KEY_SCHEMES = choices(KeyScheme, {KeyScheme.URL: "address", KeyScheme.REFERENCE: "source, title and date"})
CAPTURE_METHODS = choices(
    CaptureMethod,
    {
        CaptureMethod.IMPORT: _("Imported from a file"),
        CaptureMethod.EDITOR: _("Entered by an editor"),
        CaptureMethod.DATASET: _("Row of a data set"),
        CaptureMethod.WEB: _("Fetched from the web"),
    },
)
FETCH_STATES = choices(
    FetchState,
    {
        FetchState.WAITING: pgettext_lazy("fetch", "waiting"),
        FetchState.FETCHING: pgettext_lazy("fetch", "being fetched"),
        FetchState.ADDED: pgettext_lazy("fetch", "in, a new article"),
        FetchState.CHANGED: pgettext_lazy("fetch", "in, a new capture with another text"),
        FetchState.SAME: pgettext_lazy("fetch", "in, a new capture with the same text"),
        FetchState.FAILED: pgettext_lazy("fetch", "failed"),
    },
)
CLOCKS = choices(
    Clock,
    {
        Clock.STATED: _("as the file says"),
        Clock.WARC: _("as the web archive file says"),
        Clock.ARCHIVE: _("by the clock of this archive"),
    },
)
NOT_ARTICLES = choices(
    NotAnArticle,
    {
        NotAnArticle.CONSENT: pgettext_lazy("page", "Request for consent"),
        NotAnArticle.PAYWALL: pgettext_lazy("page", "Beginning before a paywall"),
        NotAnArticle.ERROR: pgettext_lazy("page", "Error message"),
        NotAnArticle.LISTING: pgettext_lazy("page", "List of articles"),
        NotAnArticle.EMPTY: pgettext_lazy("page", "Page with hardly any text"),
    },
)
WHEREABOUTS = choices(
    Whereabouts,
    {
        Whereabouts.FOUND: pgettext_lazy("passage", "found"),
        Whereabouts.REVIEW: pgettext_lazy("passage", "to be looked at"),
        Whereabouts.SEVERAL: pgettext_lazy("passage", "in several places"),
        Whereabouts.GONE: pgettext_lazy("passage", "gone"),
    },
)
FOUND_BY = choices(
    FoundBy,
    {
        FoundBy.EXACT: pgettext_lazy("passage", "the same words"),
        FoundBy.NEARLY: pgettext_lazy("passage", "nearly the same words"),
    },
)
VERDICTS = choices(
    Verdict,
    {
        Verdict.CONFIRMED: pgettext_lazy("passage", "confirmed"),
        Verdict.REJECTED: pgettext_lazy("passage", "not there"),
        Verdict.PLACED: pgettext_lazy("passage", "placed by hand"),
    },
)
READINGS = choices(
    Reading,
    {
        Reading.NOTHING: pgettext_lazy("article", "nothing here"),
        Reading.AFTER_ALL: pgettext_lazy("article", "to be read after all"),
    },
)
STANDINGS = choices(
    Standing,
    {
        Standing.ACCEPTED: pgettext_lazy("proposal", "accepted"),
        Standing.PROPOSED: pgettext_lazy("proposal", "proposed"),
        Standing.MERGED: pgettext_lazy("proposal", "merged into another"),
        Standing.REFUSED: pgettext_lazy("proposal", "refused"),
    },
)
LEVEL_LABELS: Mapping[Level, Any] = {
    Level.COUNTRY: pgettext_lazy("place", "country"),
    Level.GOVERNORATE: pgettext_lazy("place", "governorate"),
    Level.DISTRICT: pgettext_lazy("place", "district"),
    Level.SUBDISTRICT: pgettext_lazy("place", "sub-district"),
    Level.COMMUNITY: pgettext_lazy("place", "community"),
    Level.NEIGHBOURHOOD: pgettext_lazy("place", "neighbourhood"),
}
LEVELS = [(level.value, LEVEL_LABELS[level]) for level in Level]
KEPT = choices(Kept, {Kept.DATABASE: "in the database", Kept.STORAGE: "in the storage"})
SPOKEN = choices(
    Spoken,
    {
        Spoken.INCIDENT: pgettext_lazy("what an error is in", "Incident"),
        Spoken.ARTICLE: pgettext_lazy("what an error is in", "Article"),
        Spoken.PASSAGE: pgettext_lazy("what an error is in", "Quoted passage"),
        Spoken.TOWN: pgettext_lazy("what an error is in", "Place"),
        Spoken.FACILITY: pgettext_lazy("what an error is in", "Facility"),
        Spoken.ACTOR: pgettext_lazy("what an error is in", "Actor"),
        Spoken.SOURCE: pgettext_lazy("what an error is in", "Source"),
        Spoken.ARCHIVE: pgettext_lazy("what an error is in", "The archive as a whole"),
    },
)
ABOUT_PARTS = choices(
    AboutPart,
    {
        AboutPart.ORGANISATION: _("Who is behind the archive"),
        AboutPart.EDITORS: _("Who edits it"),
        AboutPart.CONTACT: _("How to reach the editors"),
        AboutPart.COVERAGE: _("What it covers"),
        AboutPart.SELECTION: _("How reports are chosen"),
        AboutPart.GAPS: _("What is missing, and why"),
        AboutPart.CORRECTIONS: _("How errors are corrected"),
        AboutPart.LICENCE: _("How the data may be used"),
    },
)
ERROR_STATES = choices(
    ErrorState,
    {
        ErrorState.OPEN: pgettext_lazy("reported error", "Not answered yet"),
        ErrorState.ACCEPTED: pgettext_lazy("reported error", "Accepted: it was an error"),
        ErrorState.DECLINED: pgettext_lazy("reported error", "Not changed"),
        ErrorState.SET_ASIDE: pgettext_lazy("reported error", "Set aside: no report of an error"),
    },
)
FOLLOWED = choices(Followed, {Followed.INCIDENTS: _("Incidents"), Followed.ARTICLES: _("Articles")})
RHYTHMS = choices(
    Rhythm,
    {
        Rhythm.DAILY: pgettext_lazy("alerts", "At most once a day"),
        Rhythm.WEEKLY: pgettext_lazy("alerts", "At most once a week, on Mondays"),
    },
)
