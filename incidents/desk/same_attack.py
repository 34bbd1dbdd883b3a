"""Before words make a new incident: which known ones may tell of the attack that their report tells of."""

from dataclasses import replace
from datetime import date, timedelta

from archive.models import Mention, TextVersion
from archive.terms import Level
from incidents.errors import LikelySameError
from incidents.likeness import Facts, facts_from, likely
from incidents.likeness.known_facts import where
from incidents.models import Claim, Incident

TOLD_LATER = 3  # days within which an attack is mostly reported
MENTIONED = 12  # places of a text that are looked at


def ask(claims: list[Claim], text: TextVersion, *, besides: list[Incident]) -> None:
    """Raise `LikelySameError` when incidents may tell of the attack; ``besides`` are those that were offered."""
    facts = within_report(facts_from(claims), text)
    if found := likely(facts, limit=3, besides=[incident.pk for incident in besides]):
        raise LikelySameError(found)


def within_report(facts: Facts, text: TextVersion) -> Facts:
    """Where the words name no day, that of the report and the days before; where they name no place, those it names."""
    published: date | None = text.article.published_on
    if not facts.days and published:
        facts = replace(facts, days=((published - timedelta(days=TOLD_LATER), published),))
    if not facts.places:
        named = Mention.objects.filter(
            text_version=text, is_best=True, place__level__gte=Level.COMMUNITY
        ).select_related("place")
        places = {mention.place_id: mention.place for mention in named.select_related("place").order_by("start")}
        facts = replace(facts, places=tuple(map(where, list(places.values())[:MENTIONED])))
    return facts
