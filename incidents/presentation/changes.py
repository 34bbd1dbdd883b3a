"""What changed from one edition to another, field by field, in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.localisation import localised
from incidents.presentation import wording
from incidents.presentation.evidence import Content, attribution
from incidents.presentation.record import HEADINGS, section


@dataclass(frozen=True, slots=True)
class Change:
    """One field as it was and as it is; either may be empty."""

    label: str
    before: list[str]
    after: list[str]


def changes_between(before: Content, after: Content) -> list[Change]:
    """Return what differs between two editions in facts, statements and summary, in the order of the page."""
    old, new = dict(fields(before)), dict(fields(after))
    changed = [
        Change(label, old.get(label, []), new.get(label, []))
        for label in dict.fromkeys([*old, *new])
        if old.get(label, []) != new.get(label, [])
    ]
    return changed + statement_changes(before, after)


def fields(content: Content) -> Iterator[tuple[str, list[str]]]:
    yield _("Title"), [localised(content.get("title_en") or "", content.get("title_ar") or "")]
    yield pgettext("fact", "Told as"), [wording.scope(content["scope"])]
    for aspect, heading in HEADINGS.items():
        one = section(content, aspect)
        total = [one.total] if one.total else []
        facts = [" ".join(filter(None, [item.heading, *item.notes])) for item in one.facts]
        yield str(heading), list(dict.fromkeys(total + facts))
    yield (
        _("Summary"),
        [
            localised(sentence.get("text_en") or "", sentence.get("text_ar") or "")
            for sentence in content.get("summary") or []
        ],
    )


def statement_changes(before: Content, after: Content) -> list[Change]:
    """Return statements added, removed, or changed under the same id."""
    old = {claim["id"]: claim for claim in before["claims"]}
    new = {claim["id"]: claim for claim in after["claims"]}
    added = [statement_line(after, claim) for key, claim in new.items() if key not in old]
    removed = [statement_line(before, claim) for key, claim in old.items() if key not in new]
    changed = [
        Change(_("Statement changed"), [statement_line(before, old[key])], [statement_line(after, claim)])
        for key, claim in new.items()
        if key in old and comparable(old[key]) != comparable(claim)
    ]
    made = [Change(_("Statements added"), [], added)] if added else []
    if removed:
        made.append(Change(_("Statements removed"), removed, []))
    return made + changed


def comparable(claim: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in claim.items() if key != "id"}


def statement_line(content: Content, claim: dict[str, Any]) -> str:
    """Return a statement in one line: “Killed: 12 people (said by the ministry, Example News; preferred)”."""
    article = content["articles"].get(claim.get("article") or "", {})
    origin = [attribution(claim), wording.name(article.get("source"))] if claim.get("passage") else [_("editor’s judgement")]
    if claim.get("rank") in wording.RANKS:
        origin.append(str(wording.RANKS[claim["rank"]]))
    if claim.get("reasoning"):
        origin.append(claim["reasoning"])
    return pgettext("statement", "%(aspect)s: %(value)s (%(origin)s)") % {
        "aspect": HEADINGS.get(claim["aspect"], claim["aspect"]),
        "value": wording.claimed_value(claim),
        "origin": "; ".join(filter(None, origin)),
    }
