"""What readers may see of a record today: an edition stays as it was, but what is withheld does not show.

Withheld is an article, what is quoted of a source for reference only, or some words of an article: those are taken out
of its quotes, and out of all that editors wrote of the incident in words of their own, whether this edition cites the
article or another one did (`incidents.record.same_attack`). Of some incidents readers learn only the district
(`incidents.record.generalised`).
"""

import copy
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from django.db.models import Exists, Q, QuerySet
from django.db.models.functions import Greatest

from archive import withheld
from archive.models import Article, TextVersion, WithheldWords
from archive.openness import beginning, has_ended, is_open
from archive.terms import TextPolicy
from archive.text.withheld import Withheld, holds
from incidents.models import Facility, Speaker
from incidents.record.cited_parts import CitedArticle, PassageRecord
from incidents.record.generalised import all_words, generalised
from incidents.record.same_attack import About, known_about
from incidents.record.whole import IncidentRecord
from incidents.record.written_points import texts_in, written_points

HIDDEN_SLUG = "withheld"
VOICES = ("speaker", "asserted_by", "denied_by", "disputed_by")  # where a part of a record is who says something
# What editors write of an incident in words of their own; names of places, facilities and actors are facts.
WRITTEN = ("note", "note_ar", "judgement", "reasoning", "text_en", "text_ar", "reason", "reason_ar")


class Access(NamedTuple):
    """Whether readers may see an article at all, whether they may see quotes of it, and when that last changed.

    ``words`` may not be seen of it; then ``texts`` are those of its texts that records cite, by number. ``opens_on`` is
    the day of an embargo, come or not.
    """

    is_public: bool
    has_quotes: bool
    changed_at: datetime | None = None
    words: tuple[Withheld, ...] = ()
    texts: Mapping[int, str] = {}
    opens_on: date | None = None


NONE = Access(is_public=False, has_quotes=False)


class Table(NamedTuple):
    """What readers may see of the articles that records cite, by public id, and of the records themselves, by code."""

    articles: Mapping[str, Access]
    about: Mapping[str, About]

    def seen(self, content: IncidentRecord) -> IncidentRecord:
        """Return a record as readers see it."""
        about = self.about.get(content["code"])
        if about is None:
            return redact(content, self.articles)
        if about.general is None:
            return redact(content, self.articles, about.words)
        written = written_points(texts_in(content, WRITTEN))
        words = dict.fromkeys([*about.words, *all_words(content, about.general), *written])
        return redact(generalised(content, about.general), self.articles, tuple(words))


def access_to(contents: Iterable[IncidentRecord]) -> Table:
    """Return what readers may see of these records: one query, and a few more where anything is withheld at all."""
    contents = list(contents)
    wanted = {public_id for content in contents for public_id in content["articles"]}
    rows = Article.objects.filter(public_id__in=wanted).annotate(
        changed=Greatest("updated_at", "source__updated_at"),
        are_any=Exists(WithheldWords.objects.all()) | Exists(ever_generalised()),
    )
    found, are_any = {}, not wanted
    for public_id, visibility, day, policy, changed, words, are_any in rows.values_list(  # noqa: B007 (the same in each)
        "public_id", "visibility", "public_from", "source__text_policy", "changed", "withheld", "are_any"
    ):
        found[public_id] = Access(
            is_open(visibility, day),
            policy != TextPolicy.REFERENCE,
            max(changed, beginning(day)) if day and has_ended(visibility, day) else changed,
            words_of(words),
            opens_on=day,
        )
    texts = texts_cited(contents, {public_id for public_id, access in found.items() if access.words})
    return Table(
        {public_id: access._replace(texts=texts.get(public_id, {})) for public_id, access in found.items()},
        known_about({content["code"] for content in contents}) if are_any or not found else {},
    )


def ever_generalised() -> QuerySet[Facility]:
    return Facility.objects.filter(generalised_changed_at__isnull=False)


def access_stored(contents: Iterable[IncidentRecord]) -> Table:
    """As `access_to`, whatever the day: nothing that is stored depends on when it is looked at."""
    table = access_to(contents)
    articles = {key: one._replace(is_public=False) if one.opens_on else one for key, one in table.articles.items()}
    return table._replace(articles=articles)


def words_of(words: Iterable[Sequence[str]]) -> tuple[Withheld, ...]:
    return tuple(Withheld(text, kind) for text, kind in words)


def texts_cited(contents: Iterable[IncidentRecord], cut: set[str]) -> dict[str, dict[int, str]]:
    """Article → number → text, of those texts of these articles that records cite."""
    if not cut:
        return {}
    passages = [passage for content in contents for passage in content["passages"].values()]
    wanted = {(one["article"], one["text"]) for one in passages if one["article"] in cut}
    texts: dict[str, dict[int, str]] = {}
    if wanted:
        rows = TextVersion.objects.filter(Q(article__public_id__in=cut), number__in={number for _id, number in wanted})
        for public_id, number, text in rows.order_by().values_list("article__public_id", "number", "text"):
            if (public_id, number) in wanted:
                texts.setdefault(public_id, {})[number] = text
    return texts


def redacted(content: IncidentRecord) -> IncidentRecord:
    """Return the record as readers may see it now (one query): every page, export and feed goes through here.

    Of an article that is not public any more the title, address and quotes are None, with ``withheld`` true; of a
    source that is for reference only, the quotes. Facts, claims and positions stay. Where words of an article are
    withheld, a sign stands for them, and positions count it as one code point.
    """
    return redacted_all([content])[0]


def redacted_all(contents: Iterable[IncidentRecord]) -> list[IncidentRecord]:
    """As `redacted`, for many records, in as few queries."""
    contents = list(contents)
    table = access_to(contents)
    return [table.seen(content) for content in contents]


def redact(content: IncidentRecord, access: Mapping[str, Access], about: Sequence[Withheld] = ()) -> IncidentRecord:
    """As `redacted`, by a table of what readers may see; ``about`` is withheld in what editors wrote of the incident.

    The argument stays as it is.
    """
    seen = {public_id: access.get(public_id, NONE) for public_id in content["articles"]}
    if not about and all(each.is_public and each.has_quotes and not each.words for each in seen.values()):
        return content
    made: IncidentRecord = {
        **content,
        "articles": {
            public_id: article_seen(article, seen[public_id]) for public_id, article in content["articles"].items()
        },
        "passages": {
            public_id: passage_seen(passage, seen[passage["article"]])
            for public_id, passage in content["passages"].items()
        },
    }
    words = tuple(dict.fromkeys([*about, *(word for each in seen.values() for word in each.words)]))
    return cast(IncidentRecord, without(made, words, hidden_speakers(content, words))) if words else made


def article_seen(article: CitedArticle, access: Access) -> CitedArticle:
    if not access.is_public:
        return {**article, "title": None, "url": None, "withheld": True}
    if not access.words:
        return article
    title, url = article["title"] or "", article["url"] or ""
    return {
        **article,
        "title": withheld.masked(title, access.words) or None,
        "url": withheld.address(url, access.words) or None,
    }


def passage_seen(passage: PassageRecord, access: Access) -> PassageRecord:
    """The words of a passage; the text tells which of them are part of what is withheld, also those cut at its ends."""
    text = access.texts.get(passage["text"])
    if not (access.is_public and access.has_quotes) or (access.words and text is None):
        return {**passage, "exact": None, "prefix": None, "suffix": None, "withheld": True}
    if not access.words or text is None:
        return passage
    found = withheld.spans(text, access.words)
    around = len(passage["prefix"] or ""), len(passage["suffix"] or "")
    start, end, exact, prefix, suffix = withheld.quoted(text, found, passage["start"], passage["end"], around)
    return {**passage, "start": start, "end": end, "exact": exact, "prefix": prefix, "suffix": suffix}


def hidden_speakers(content: IncidentRecord, words: Sequence[Withheld]) -> frozenset[str]:
    """The slugs of speakers whose names hold withheld words."""
    speakers = (claim["speaker"] for claim in content.get("claims", ()) if claim["speaker"])
    return frozenset(
        speaker["slug"] for speaker in speakers if any(holds(str(value), words) for value in speaker.values())
    )


def without(part: Any, words: Sequence[Withheld], speakers: frozenset[str], *, is_voice: bool = False) -> Any:
    """Return a part of a record without these words in what editors wrote, and without the names of these speakers.

    An actor or a source may have the slug of a speaker: only where a part ``is_voice`` is a slug that of who says it.
    """
    if isinstance(part, list):
        return [without(one, words, speakers, is_voice=is_voice) for one in part]
    if not isinstance(part, dict):
        return part
    if is_voice and part.get("slug") in speakers:
        return hidden_name(part, words)
    return {
        key: withheld.masked(value, words)
        if key in WRITTEN and isinstance(value, str)
        else without(value, words, speakers, is_voice=key in VOICES)
        for key, value in part.items()
    }


def hidden_name(part: Mapping[str, Any], words: Sequence[Withheld]) -> dict[str, Any]:
    named = {key: sign_for(value, words) for key, value in part.items() if key.startswith("name_")}
    return {**part, "slug": HIDDEN_SLUG, **named}


def shown_speakers(speakers: Iterable[Speaker]) -> list[Speaker]:
    """Return speakers for a page that is of no report: where a name holds words withheld of any, a sign stands for it.

    Copies, which nobody saves; one query besides that of the speakers.
    """
    speakers = list(speakers)
    words = withheld.standing_words() if speakers else []
    return [hidden_speaker(one, words) if is_named_so(one, words) else one for one in speakers]


def is_named_so(speaker: Speaker, words: Sequence[Withheld]) -> bool:
    return any(holds(name, words) for name in (speaker.name_en, speaker.name_ar, speaker.slug))


def hidden_speaker(speaker: Speaker, words: Sequence[Withheld]) -> Speaker:
    shown = copy.copy(speaker)
    shown.slug, shown.name_en, shown.name_ar = (
        HIDDEN_SLUG,
        sign_for(speaker.name_en, words),
        sign_for(speaker.name_ar, words),
    )
    return shown


def sign_for(name: str, words: Sequence[Withheld]) -> str:
    return withheld.masked(name, words) if name else name
