"""Reads a report: the attacks it tells of, each with the claims that its words may support."""

from collections.abc import Iterator, Sequence
from datetime import date

from archive.mentions import MentionFinder
from archive.mentions.sites import Part, Site, main_sites, sites
from incidents.terms import Aspect

from .actors import ActorFinder
from .counts import find_counts
from .days import MOST_DAYS, DaySaid, dateline, find_days, is_dateline
from .facilities import FacilityFinder
from .found import Found
from .grouping import Above, group_scenes, led_by
from .making import suggestions_of
from .scenes import Scene, divide_days, is_of_period, tells_of_attack, tells_of_victims
from .values import Attack, Mentioned, Reading, Report, Suggestion, Vocabularies, Where
from .voices import Voice, VoiceFinder
from .weapons import WeaponFinder
from .wording import LONGEST_READ, Sentence, read_sentences


class Reader:
    """Building it takes a moment, as it takes in the vocabularies; it is then read with again and again."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self.places = vocabularies.places
        self._weapons = WeaponFinder(vocabularies)
        self._actors = ActorFinder(vocabularies)
        self._facilities = FacilityFinder(vocabularies)
        self._voices = VoiceFinder(vocabularies)

    def read(self, report: Report) -> Reading:
        """What a report says. The same report gives the same reading; no text raises."""
        sentences = read_sentences(report.text)
        printed = dateline(sentences)
        published = report.published or (printed[1].lower if printed else None)
        found_sites = self._sites(report.text[:LONGEST_READ])
        above = _above(found_sites, self.places)
        scenes = self._scenes(sentences, found_sites, above, published)
        main = [site for site in main_sites(found_sites) if site.pcode]
        groups = led_by(group_scenes(scenes, above, published), main, above)
        made = [suggestions_of(group, above, printed) for group in groups]
        attacks = tuple(
            Attack(letter(number), suggestions, _places(suggestions, main))
            for number, suggestions in enumerate(filter(None, made))
        )
        return Reading(attacks, tuple(_mentions(found_sites, attacks)))

    def _sites(self, text: str) -> list[Site]:
        """The places of a text; a region that lies in one governorate, and has no code itself, with that one's."""
        if self.places is None:
            return []
        index = self.places.index
        return [
            site._replace(pcode=site.governorates[0], candidates=(index.candidate(site.governorates[0]),))
            if site.region and len(site.governorates) == 1 and index.has(site.governorates[0])
            else site
            for site in sites(text, self.places)
        ]

    def _scenes(
        self, sentences: Sequence[Sentence], found: Sequence[Site], above: Above, published: date | None
    ) -> list[Scene]:
        places = {site.pcode for site in found}.union(*above.values())
        scenes: list[Scene] = []
        voices: list[Voice] = []
        at = dates = 0
        for sentence in sentences:
            here: list[Site] = []
            while at < len(found) and found[at].start < sentence.end:
                if found[at].start >= sentence.start:
                    here.append(found[at])
                at += 1
            days = find_days(sentence, published) if dates < MOST_DAYS else []
            dates += len(days)
            scene = self._scene(sentence, here, places, days, voices)
            voices = scene.voices or voices
            scenes.append(scene)
        return scenes

    def _scene(
        self, sentence: Sentence, here: list[Site], places: set[str], days: Sequence[DaySaid], before: Sequence[Voice]
    ) -> Scene:
        scene = Scene(sentence, sites=here, voices=self._voices.find(sentence, before))
        scene.days, scene.statements = divide_days(sentence, [day for day in days if not is_dateline(sentence, day)])
        scene.denials = list(self._actors.denied(sentence, scene.voices, self._voices.actor_of))
        scene.is_of_period = is_of_period(sentence)
        dated = {place for day in days for place in range(day.first, day.last + 1)}
        counts = [] if scene.is_of_period or not tells_of_victims(sentence) else find_counts(sentence, dated)
        scene.is_attack = (tells_of_attack(sentence) or bool(counts)) and not scene.denials
        if scene.is_attack:
            scene.found = [*counts, *self._kinds(sentence, places)]
            scene.is_attack = not scene.is_of_period or bool(scene.attack_sites and scene.days)
        return scene

    def _kinds(self, sentence: Sentence, places: set[str]) -> Iterator[Found]:
        yield from self._facilities.find(sentence, places)
        yield from self._actors.find(sentence)
        yield from {found.value: found for found in reversed(list(self._weapons.find(sentence)))}.values()


def letter(number: int) -> str:
    """A, B, … Z, AA, AB, …"""
    first, last = divmod(number, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


def _places(suggestions: Sequence[Suggestion], main: Sequence[Site]) -> tuple[str, ...]:
    rank = {site.pcode: number for number, site in enumerate(main)}
    said = dict.fromkeys(each.value.pcode for each in suggestions if isinstance(each.value, Where))
    return tuple(sorted(said, key=lambda pcode: rank.get(pcode, len(rank))))


def _above(found: Sequence[Site], finder: MentionFinder | None) -> Above:
    """P-code of each place that is named → the P-codes of the units it lies in."""
    if finder is None:
        return {}
    units = finder.index.units
    return {
        site.pcode: frozenset(units[above].pcode for above in units[site.candidates[0].place_id].ancestors)
        for site in found
        if site.pcode
    }


def _mentions(found: Sequence[Site], attacks: Sequence[Attack]) -> Iterator[Mentioned]:
    taken = {(each.start, each.end) for attack in attacks for each in attack.of(Aspect.PLACE)}
    for site in found:
        if (site.start, site.end) not in taken:
            rule = "mention_of_containing" if site.part is Part.CONTAINING else "mention"
            yield Mentioned(site.start, site.end, site.pcode, rule)
