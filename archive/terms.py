"""The vocabularies of what is archived, each said once: models, constraints, files and words read them here. Pure."""

from enum import IntEnum, StrEnum


class SourceKind(StrEnum):
    """Who publishes."""

    OUTLET = "outlet"
    NGO = "ngo"
    OFFICIAL = "official"
    DATASET = "dataset"
    DEMONSTRATION = "demonstration"


class TextPolicy(StrEnum):
    """What readers see of the texts of a source, the most first."""

    FULL = "full"
    PASSAGES = "passages"
    REFERENCE = "reference"


class Visibility(StrEnum):
    """Whether readers see an article, the most open first."""

    PUBLIC = "public"
    EMBARGOED = "embargoed"
    WITHHELD = "withheld"


class WithheldKind(StrEnum):
    """What kind of words are kept from readers, as far as readers are told."""

    WITNESS = "witness"
    VICTIM = "victim"
    STAFF = "staff"
    CONTACT = "contact"
    WHEREABOUTS = "whereabouts"
    PRIVATE = "private"


class KeyScheme(StrEnum):
    """What an article is known by."""

    URL = "url"
    REFERENCE = "reference"


class CaptureMethod(StrEnum):
    """How a copy came in."""

    IMPORT = "import"
    EDITOR = "editor"
    DATASET = "dataset"
    WEB = "web"


class FetchState(StrEnum):
    """What became of an address that an editor asked for."""

    WAITING = "waiting"
    FETCHING = "fetching"
    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    FAILED = "failed"


class Clock(StrEnum):
    """Who says when a copy was taken."""

    STATED = "stated"
    WARC = "warc"
    ARCHIVE = "archive"


class NotAnArticle(StrEnum):
    """What a page is that is no report, or not the whole of one."""

    CONSENT = "consent"
    PAYWALL = "paywall"
    ERROR = "error"
    LISTING = "listing"
    EMPTY = "empty"


class Whereabouts(StrEnum):
    """What became of a passage in another text of its article."""

    FOUND = "found"
    REVIEW = "review"
    SEVERAL = "several"
    GONE = "gone"


class FoundBy(StrEnum):
    """How the words were recognised: by every character, or nearly."""

    EXACT = "exact"
    NEARLY = "nearly"


class Verdict(StrEnum):
    """What an editor says of a passage that was looked for: as found, not so, or there."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    PLACED = "placed"


class Reading(StrEnum):
    """What an editor says of an article that was read and cites nothing, and that it is to be read after all."""

    NOTHING = "nothing"
    AFTER_ALL = "after_all"


class CustodyAct(StrEnum):
    """What the log of custody tells of."""

    RECEIVED = "received"
    TEXT_DRAWN = "text_drawn"
    TEXT_CORRECTED = "text_corrected"
    TEXT_JUDGED = "text_judged"
    TEXT_CHOSEN = "text_chosen"
    LET_OUT = "let_out"
    EMBARGOED = "embargoed"
    WITHHELD = "withheld"
    MOVED = "moved"
    EXPORTED = "exported"
    RESTORED = "restored"
    VERIFIED = "verified"
    STAMPED = "stamped"
    WORDS_WITHHELD = "words_withheld"
    WORDS_RELEASED = "words_released"


class Kept(StrEnum):
    """Where the bytes of a capture lie."""

    DATABASE = "database"
    STORAGE = "storage"


class CustodyRole(StrEnum):
    """Who acted, as far as readers are told."""

    EDITOR = "editor"
    COMMAND = "command"


class Standing(StrEnum):
    """How far a term or spelling is that somebody proposed."""

    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    MERGED = "merged"
    REFUSED = "refused"


class PartOfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


class Spoken(StrEnum):
    """What readers report an error of; the last is the site as a whole."""

    INCIDENT = "incident"
    ARTICLE = "article"
    PASSAGE = "passage"
    TOWN = "town"
    FACILITY = "facility"
    ACTOR = "actor"
    SOURCE = "source"
    ARCHIVE = "archive"


class Followed(StrEnum):
    """What readers may follow by e-mail."""

    INCIDENTS = "incidents"
    ARTICLES = "articles"


class Rhythm(StrEnum):
    """How often they are told."""

    DAILY = "daily"
    WEEKLY = "weekly"


class AboutPart(StrEnum):
    """What the operator of an archive says of it, in this order."""

    ORGANISATION = "organisation"
    EDITORS = "editors"
    CONTACT = "contact"
    COVERAGE = "coverage"
    SELECTION = "selection"
    GAPS = "gaps"
    CORRECTIONS = "corrections"
    LICENCE = "licence"


class ErrorState(StrEnum):
    """What became of an error that a reader reported. What is set aside (advertising, abuse) has no public answer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SET_ASIDE = "set_aside"


class DatePrecision(StrEnum):
    """How long a range of days is, from one day to more than a year."""

    DAY = "day"
    DAYS = "days"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    LONGER = "longer"


class Level(IntEnum):
    """How high a place stands in the hierarchy of P-codes; columns hold the number, files the `code`."""

    COUNTRY = 0
    GOVERNORATE = 1
    DISTRICT = 2
    SUBDISTRICT = 3
    COMMUNITY = 4
    NEIGHBOURHOOD = 5

    @property
    def code(self) -> str:
        """``subdistrict``."""
        return self.name.lower()


LEVELS = tuple(level.code for level in Level)


def values(vocabulary: type[StrEnum]) -> list[str]:
    """The terms of a vocabulary in their order, as plain text."""
    return [term.value for term in vocabulary]
