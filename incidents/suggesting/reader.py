"""Reads a report: the attacks it tells of, each with the claims that its words may support."""

from archive.mentions.sites import Part, sites
from incidents.terms import Aspect

from .days import dateline, find_days
from .values import Attack, Mentioned, Reading, Report, Suggestion, Vocabularies, When, Where
from .weapons import WeaponFinder
from .wording import LONGEST_READ, read_sentences


class Reader:
    """Building it takes a moment, as it takes in the vocabularies; it is then read with again and again."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._places = vocabularies.places
        self._weapons = WeaponFinder(vocabularies)

    def read(self, report: Report) -> Reading:
        """What a report says. The same report gives the same reading; no text raises."""
        sentences = read_sentences(report.text)
        published = report.published
        if published is None and (printed := dateline(sentences)):
            published = printed[1].lower
        found: list[Suggestion] = []
        for sentence in sentences:
            for day in find_days(sentence, published):
                start, end = sentence.span(day.first, day.last)
                found.append(
                    Suggestion(
                        aspect=Aspect.OCCURRED,
                        start=start,
                        end=end,
                        value=When(day.date, day.part_of_day),
                        rule="date_from_publication" if day.is_relative else "date_written",
                    )
                )
            for item in self._weapons.find(sentence):
                start, end = sentence.span(item.first, item.last)
                found.append(Suggestion(aspect=item.aspect, start=start, end=end, value=item.value, rule=item.rule))
        mentions = []
        for site in sites(report.text[:LONGEST_READ], self._places) if self._places else ():
            if site.part is Part.ATTACK and site.pcode:
                found.append(
                    Suggestion(
                        aspect=Aspect.PLACE,
                        start=site.start,
                        end=site.end,
                        value=Where(site.pcode),
                        rule="place_of_attack",
                        is_certain=site.is_certain,
                    )
                )
            else:
                mentions.append(Mentioned(site.start, site.end, site.pcode, "mention"))
        found.sort(key=lambda each: (each.start, each.end, each.aspect))
        return Reading((Attack("A", tuple(found)),) if found else (), tuple(mentions))
