"""The quotes behind a fact: which report, when, the words in their context, and what each is taken to say."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.localisation import isolated
from archive.read_by_key import ReadByKey
from incidents.presentation import fact_wording
from incidents.record.cited_parts import ClaimRecord, PassageRecord
from incidents.record.parts import TermNames, Voice
from incidents.record.whole import IncidentRecord
from incidents.terms import Rank, Stance

CONTEXT = 32  # code points that a passage keeps on either side
WORD_CUT_AT_START, WORD_CUT_AT_END = re.compile(r"^\S+\s+(?=\S)"), re.compile(r"(?<=\S)\s+\S+$")


@dataclass(frozen=True, slots=True)
class Statement(ReadByKey):
    """What one claim takes from the words: a value, who says it and how.

    ``stance`` and ``rank`` are those of the claim; ``attribution`` is its stance and speaker in words.
    """

    value: str
    stance: str
    rank: str
    attribution: str
    reasoning: str
    judgement: str


@dataclass(slots=True)
class Quote(ReadByKey):
    """A passage with the report that it stands in; without words (``withheld``) where readers may not see them.

    ``prefix`` and ``suffix`` carry an ellipsis where the text goes on beyond them.
    """

    passage: str
    article: str
    exact: str
    prefix: str
    suffix: str
    withheld: bool
    title: str
    outlet: str
    source: TermNames | None
    published: str
    language: str
    statements: list[Statement] = field(default_factory=list)


def quotes(content: IncidentRecord, claims: Iterable[ClaimRecord]) -> list[Quote]:
    """Return one quote for each passage of these claims, with all that they take from it, in their order."""
    found: dict[str, Quote] = {}
    for claim in claims:
        if passage := claim.get("passage"):
            quote = found.get(passage) or quote_of(content, passage)
            quote.statements.append(statement(content, claim))
            found[passage] = quote
    return list(found.values())


def quote_of(content: IncidentRecord, passage_id: str) -> Quote:
    passage = content["passages"].get(passage_id)
    article_id = passage["article"] if passage else ""
    article: Mapping[str, Any] = content["articles"].get(article_id) or {}
    return Quote(
        passage=passage_id,
        article=article_id,
        exact=(passage and passage["exact"]) or "",
        prefix=before(passage) if passage else "",
        suffix=after(passage) if passage else "",
        withheld=passage is None or passage["exact"] is None,
        title=article.get("title") or "",
        outlet=fact_wording.name(article.get("source")),
        source=article.get("source"),
        published=article.get("published") or "",
        language=article.get("language") or "",
    )


def before(passage: PassageRecord) -> str:
    """Return the words before a quote; one that was cut off is left out."""
    prefix = passage.get("prefix") or ""
    if not prefix or passage["start"] <= len(prefix):
        return prefix
    return f"…{WORD_CUT_AT_START.sub('', prefix) or prefix}"


def after(passage: PassageRecord) -> str:
    """Return the words after a quote; one that may have been cut off is left out."""
    suffix = passage.get("suffix") or ""
    return f"{WORD_CUT_AT_END.sub('', suffix) or suffix}…" if len(suffix) >= CONTEXT else suffix


def judgements(content: IncidentRecord, claims: Iterable[ClaimRecord]) -> list[Statement]:
    """Return what editors judged without a passage, with their reason."""
    return [statement(content, claim) for claim in claims if not claim.get("passage")]


def statement(content: IncidentRecord, claim: ClaimRecord) -> Statement:
    return Statement(
        value=fact_wording.claimed_value(claim),
        stance=claim.get("stance") or Stance.ASSERTS,
        rank=claim.get("rank") or Rank.NORMAL,
        attribution=attribution(claim),
        reasoning=claim.get("reasoning") or "",
        judgement=claim.get("judgement") or "",
    )


ATTRIBUTIONS: dict[str, tuple[Any, Any]] = {
    Stance.ASSERTS: (pgettext_lazy("attribution", "said by %(speaker)s"), gettext_lazy("stated in the report itself")),
    Stance.DENIES: (pgettext_lazy("attribution", "denied by %(speaker)s"), gettext_lazy("denied in the report itself")),
    Stance.DISPUTES: (
        pgettext_lazy("attribution", "disputed by %(speaker)s"),
        gettext_lazy("disputed in the report itself"),
    ),
}


def attribution(claim: ClaimRecord) -> str:
    """Return who says it and how; nothing for an editor's judgement, which nobody in a report says."""
    by_speaker, by_report = ATTRIBUTIONS.get(claim.get("stance") or Stance.ASSERTS, ATTRIBUTIONS[Stance.ASSERTS])
    if speaker := fact_wording.name(claim.get("speaker")):
        return by_speaker % {"speaker": isolated(speaker)}
    return str(by_report) if claim.get("passage") else ""


def speaker_names(content: IncidentRecord, speakers: Iterable[Voice]) -> list[str]:
    """Return the names of those who assert, deny or dispute; a report's own word goes by its outlet."""
    names = []
    for speaker in speakers:
        if "article" in speaker:
            article: Mapping[str, Any] = content["articles"].get(speaker["article"]) or {}
            names.append(fact_wording.name(article.get("source")) or _("a report without a named outlet"))
        else:
            names.append(fact_wording.name(speaker))
    return list(dict.fromkeys(filter(None, names)))
