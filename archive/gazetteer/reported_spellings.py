"""The spelling of a place that most reports use: counted anew from the mentions, the same for the same reports.

Of a report each spelling counts once. Spellings that differ only in case, hyphens, spaces, apostrophes or vowel marks
are counted together and written as most reports write them. One counts only if it is on record for its place: a word
that is often taken for a village does not name it. With fewer than `FEWEST` reports, or as many for another spelling,
the reports name nothing, and the gazetteer's name stays.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from archive.models import Mention, Place, PlaceName
from archive.names import name_key, script_of
from archive.names.letters import APOSTROPHES, JOINERS, TATWEEL
from archive.names.place_words import describe
from archive.names.spelling_index import EXACT, OFFICIAL, PART
from archive.openness import open_articles
from archive.text.bidi import without_directions

FEWEST = 5  # reports: of fewer, an odd one could rename a town
LANGUAGES = {"Latn": "en", "Arab": "ar"}
_RECORDED = (OFFICIAL, PART, EXACT)
_DIFFERENT = re.compile(f"[{re.escape(''.join(sorted(APOSTROPHES | JOINERS)))}{TATWEEL}\\s.]+")
_BATCH = 2_000


class Spelt(NamedTuple):
    """A place's name as one report writes it."""

    spelling: str
    report_id: int


def refresh_reported(*, after_text: int = 0) -> int:
    """Count again how reports that readers may see spell places; return how many places are named otherwise now.

    ``after_text`` limits it to the places that texts with a higher id mention: those of one import.
    """
    if not after_text:
        return refresh_places(with_reported_name().values_list("pk", flat=True))
    mentioned = Mention.objects.filter(text_version__gt=after_text, is_best=True).order_by()
    return refresh_places(mentioned.values_list("place_id", flat=True).distinct())


def with_reported_name() -> QuerySet[Place]:
    """Places that reports mention, and those that bear a name by them."""
    mentioned = Exists(Mention.objects.filter(place=OuterRef("pk"), is_best=True))
    return Place.objects.filter(Q(mentioned) | ~Q(reported_en="", reported_ar=""))


def refresh_places(place_ids: Iterable[int]) -> int:
    """Count again how reports spell these places; return how many of them are named otherwise now."""
    pks = list(place_ids)
    with transaction.atomic():
        found = _reported(pks)
        changed = []
        for place in Place.objects.filter(pk__in=pks).order_by("pk").select_for_update():
            names = {f"reported_{code}": found.get(place.pk, {}).get(code, "") for code in LANGUAGES.values()}
            if any(getattr(place, field) != name for field, name in names.items()):
                changed.append(place)
                for field, name in names.items():
                    setattr(place, field, name)
        Place.objects.bulk_update(changed, [f"reported_{code}" for code in LANGUAGES.values()], batch_size=_BATCH)
    return len(changed)


def most_used(spelt: Iterable[Spelt], recorded: Container[str]) -> dict[str, str]:
    """Language → the spelling of one place that most reports use, where enough do; ``recorded`` are its known keys."""
    reports: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    written: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in spelt:
        name = describe(" ".join(unicodedata.normalize("NFC", without_directions(one.spelling)).split())).name
        language = LANGUAGES.get(script_of(name))
        if language and name_key(name) in recorded:
            kind = language, alike(name)
            written[kind][name] += one.report_id not in reports[kind]
            reports[kind].add(one.report_id)
    found: dict[str, str] = {}
    for language in LANGUAGES.values():
        ranked = sorted(((len(ids), kind) for kind, ids in reports.items() if kind[0] == language), reverse=True)
        is_clear = len(ranked) == 1 or (len(ranked) > 1 and ranked[0][0] > ranked[1][0])
        if is_clear and ranked[0][0] >= FEWEST:
            found[language] = as_written(written[ranked[0][1]])
    return found


def alike(name: str) -> str:
    """What spellings that are counted together have in common."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return _DIFFERENT.sub("", bare)


def as_written(forms: Mapping[str, int]) -> str:
    """The commonest form; of equally common ones the one that is not in capitals or full of marks, then by letters."""
    return min(forms, key=lambda name: (-forms[name], name.isupper(), len(name), name))


def _reported(places: Sequence[int]) -> dict[int, dict[str, str]]:
    """Place → language → the spelling that most reports use. Reads the mentions as a stream, place by place."""
    recorded: defaultdict[int, set[str]] = defaultdict(set)
    names = PlaceName.objects.filter(quality__in=_RECORDED, place__in=places).order_by()
    for place_id, folded in names.values_list("place_id", "folded"):
        recorded[place_id].add(folded)
    mentions = Mention.objects.filter(open_articles("text_version__article__"), is_best=True, place__in=places)
    rows = mentions.order_by("place_id", "exact", "text_version__article_id").distinct()
    found: dict[int, dict[str, str]] = {}
    stream = rows.values_list("place_id", "exact", "text_version__article_id").iterator(_BATCH)
    for place_id, group in groupby(stream, key=itemgetter(0)):
        if spelt := most_used((Spelt(exact, report) for _place, exact, report in group), recorded[place_id]):
            found[place_id] = spelt
    return found
