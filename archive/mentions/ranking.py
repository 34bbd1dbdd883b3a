"""Of the places that a report says were attacked: which it is mainly about. Pure.

A report begins with its news: a place counts the more the earlier its sentence stands, and more when it is named again.
"""

from collections import defaultdict
from collections.abc import Sequence

from archive.mentions.parts import Part
from archive.mentions.site import Site

_WEIGHTS = {Part.ATTACK: 1.0, Part.CONTAINING: 0.5, Part.EARLIER: 0.4}
_ELSE = 0.2
_AGAIN = 0.3  # times, for further sentences that name a place
_LATER_SENTENCES = 2.0  # after so many sentences a place counts half
_LATER_NAMES = 0.9  # times, for each place named before it in its sentence
_UNIT = 0.9  # a whole governorate tells less than a town in it
_CASUALTIES = 1.5  # times, for a sentence that tells of people killed or injured
_CHOICES = ((Part.ATTACK, Part.EARLIER), (Part.MENTIONED, Part.TREATED), (Part.SPEAKER,))


def ranked(found: Sequence[Site]) -> list[Site]:
    """The first site of each place attacked, those of the governorate that the report is mainly about first.

    Where nothing tells of an attack at a place, those merely named stand in: their part is not `ATTACK`.
    """
    first: dict[str, Site] = {}
    for parts in _CHOICES:
        for site in sorted(found, key=lambda site: (site.part is not Part.ATTACK, site.start)):
            if site.part in parts:
                first.setdefault(_key(site), site)
        if first:
            break
    own = _weights(found)
    around: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for key, site in first.items():
        around[site.governorates] += own[key]
    return sorted(
        first.values(), key=lambda site: (-around[site.governorates], -own[_key(site)] * _size(site), site.start)
    )


def _weights(found: Sequence[Site]) -> dict[str, float]:
    """Of each place the weight of the sentence that tells most of it, and a part of those of the others."""
    order = {sentence: number for number, sentence in enumerate(dict.fromkeys(site.sentence for site in found))}
    weights: defaultdict[str, list[float]] = defaultdict(list)
    named: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for site in found:
        before = named[site.sentence]
        if _key(site) not in before:
            early = 1 / (1 + order[site.sentence] / _LATER_SENTENCES)
            grave = _CASUALTIES if site.has_casualties else 1.0
            weights[_key(site)].append(_WEIGHTS.get(site.part, _ELSE) * early * grave * _LATER_NAMES ** len(before))
            before.append(_key(site))
    return {key: max(each) + _AGAIN * (sum(each) - max(each)) for key, each in weights.items()}


def _key(site: Site) -> str:
    return site.pcode or site.region


def _size(site: Site) -> float:
    return _UNIT if site.pcode.startswith("SY") or not site.pcode else 1.0
