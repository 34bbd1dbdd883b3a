"""The part that each place of a report has in its sentence: where an attack was, or only named. Pure.

`sites` is for those who read a report for its attacks; `MentionFinder.find` for those who want every place.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set

from archive.mentions.finder import FoundMention, MentionFinder
from archive.mentions.nesting import says_inside
from archive.mentions.parts import Part, part_of, tells_of_casualties
from archive.mentions.ranking import ranked
from archive.mentions.regions import FoundRegion, regions
from archive.mentions.site import Site
from archive.names.letters import fold_characters
from archive.names.place_words import GOVERNORATE
from archive.names.spelling_index import SpellingIndex
from archive.names.surroundings import NOWHERE, Context
from archive.text.sentences import short_sentences

__all__ = ["Part", "Site", "main_sites", "sites"]

_TOLD = (Part.ATTACK, Part.EARLIER, Part.MENTIONED)
_NEAR = 60  # code points between two names
_SURE = 0.9  # `FoundMention`: a score under this says that others bear the name


def sites(text: str, finder: MentionFinder, context: Context = NOWHERE) -> list[Site]:
    """Every place of a text in its order, none overlapping, each with its part."""
    found_regions = list(regions(text))
    named = [governorate for found in found_regions for governorate in found.region.governorates]
    context = context._replace(near=(*context.near, *named))
    spans = short_sentences(text)
    found: list[Site] = []
    at, casualties = 0, None
    for one in _in_order(finder.find(text, context), found_regions):
        while spans[at][1] <= one.start:
            at, casualties = at + 1, None
        if casualties is None:
            casualties = tells_of_casualties(text, spans[at])
        found.append(_site(text, one, spans[at], casualties, finder.index))
    return list(_nested(text, found, finder.index))


def main_sites(found: Sequence[Site]) -> list[Site]:
    """The places attacked, each once, by how much of the report is about them: see `archive.mentions.ranking`."""
    return ranked(found)


def _in_order(
    mentions: Sequence[FoundMention], found_regions: Sequence[FoundRegion]
) -> Iterator[FoundMention | FoundRegion]:
    """Mentions and regions in the order of the text; of two that overlap the longer."""
    end = -1
    both: list[FoundMention | FoundRegion] = [*mentions, *found_regions]
    for one in sorted(both, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            end = one.end
            yield one


def _site(
    text: str, one: FoundMention | FoundRegion, sentence: tuple[int, int], casualties: bool, index: SpellingIndex
) -> Site:
    part, rule = part_of(text, one.start, one.end, sentence)
    exact = text[one.start : one.end]
    if isinstance(one, FoundRegion):
        name, within = one.region
        return Site(one.start, one.end, exact, "", (), False, part, rule, sentence, within, casualties, name)
    best = one.candidates[0]
    unit = index.units[best.place_id]
    within = tuple(index.units[i].pcode for i in (*unit.ancestors, unit.id) if index.units[i].level == GOVERNORATE)
    candidates, is_certain = tuple(one.candidates), best.score >= _SURE
    return Site(one.start, one.end, exact, best.pcode, candidates, is_certain, part, rule, sentence, within, casualties)


def _nested(text: str, found: Sequence[Site], index: SpellingIndex) -> Iterator[Site]:
    """The sites, those that only say where another of their sentence lies as `CONTAINING`."""
    above: defaultdict[tuple[tuple[int, int], Part], set[str]] = defaultdict(set)
    for site in found:
        if site.candidates:
            ancestors = index.units[site.candidates[0].place_id].ancestors
            above[site.sentence, site.part].update(index.units[i].pcode for i in ancestors)
    for number, site in enumerate(found):
        before = found[number - 1] if number else None
        if site.part in _TOLD and (
            (before is not None and _is_said_around(text, before, site, index))
            or _is_around(site, above[site.sentence, site.part])
        ):
            yield site._replace(part=Part.CONTAINING, rule="it says where another place lies")
        else:
            yield site


def _is_said_around(text: str, inner: Site, site: Site, index: SpellingIndex) -> bool:
    """Whether the words between two places say that the first lies in, or near, the second."""
    is_near = inner.sentence == site.sentence and site.start - inner.end <= _NEAR
    if not is_near or not inner.candidates or not set(inner.governorates) & set(site.governorates):
        return False
    if site.candidates and _level(site, index) > _level(inner, index):
        return False
    return says_inside(fold_characters(text[inner.end : site.start])[0])


def _is_around(site: Site, above: Set[str]) -> bool:
    """Whether a site is the unit or the region around more exact ones; ``above`` are all units that they lie in."""
    return site.pcode in above or (not site.candidates and not above.isdisjoint(site.governorates))


def _level(site: Site, index: SpellingIndex) -> int:
    return index.units[site.candidates[0].place_id].level
