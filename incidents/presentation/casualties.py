"""How many people were killed or injured, as the box of facts prints it: each number with who gives it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.read_by_key import ReadByKey
from incidents.presentation import fact_wording
from incidents.presentation.quotes import speaker_names
from incidents.presentation.voices import contradictions, is_same_voice, voice_of
from incidents.record.cited_parts import ClaimRecord, Value
from incidents.record.whole import IncidentRecord, groups_in
from incidents.terms import PARTS, Rank, Stance


@dataclass(slots=True)
class Line(ReadByKey):
    """One number: ``counted`` is “at least 3 children”, ``said_by`` who gives it; ``parts`` are of the same people."""

    counted: str
    said_by: str
    claims: list[ClaimRecord]
    parts: list["Line"] = field(default_factory=list)

    @property
    def value(self) -> Value:
        return self.claims[0]["value"]


def lines(content: IncidentRecord, aspect: str) -> list[Line]:
    """Return the numbers that decide, those of the same voice that are a part of another one below it."""
    grouped: dict[tuple[str, int | None, int | None], list[ClaimRecord]] = {}
    for claim in deciding(content, aspect):
        value = claim["value"]
        grouped.setdefault((value.get("group") or "", value.get("low"), value.get("high")), []).append(claim)
    made = [
        Line(fact_wording.numbered(aspect, low, high, group), said_by(content, claims), claims)
        for (group, low, high), claims in grouped.items()
    ]
    return nested(content, made)


def deciding(content: IncidentRecord, aspect: str) -> list[ClaimRecord]:
    """The claims that the numbers of the record follow from, in the order of its groups."""
    claims = {claim["id"]: claim for claim in content["claims"] if claim["aspect"] == aspect}
    return [claims[one] for group in groups_in(content, aspect) for one in group["claims"] if one in claims]


def said_by(content: IncidentRecord, claims: Iterable[ClaimRecord]) -> str:
    """Who gives a number: speakers, the outlet for a report's own word, or the editors where no passage says it."""
    claims = list(claims)
    names = speaker_names(content, [voice for claim in claims if (voice := voice_of(claim))])
    if any(voice_of(claim) is None for claim in claims):
        names.append(_("the editors’ judgement"))
    return pgettext("count", "according to %(names)s") % {"names": fact_wording.speakers(names)}


def nested(content: IncidentRecord, made: list[Line]) -> list[Line]:
    """Put each number of a part below the number of the whole that the same voice gives.

    Others who give the number of the part, and not that of the whole, keep a line of their own.
    """
    placed = [(line, whole_of(line, made)) for line in made]
    alone = {
        id(line): [claim for claim in line.claims if not is_said_by_one_of(claim, line.claims, whole)]
        for line, whole in placed
        if whole
    }
    top = []
    for line, whole in placed:
        if whole is None:
            top.append(line)
            continue
        whole.parts.append(line)
        if others := alone[id(line)]:
            line.claims = [claim for claim in line.claims if claim not in others]
            line.said_by = said_by(content, line.claims)
            top.append(Line(line.counted, said_by(content, others), others))
    return top


def whole_of(line: Line, made: list[Line]) -> Line | None:
    """The smallest number that this one is a part of: children below civilians, not beside them below people."""
    wholes = [other for other in made if other is not line and is_part(line, other)]
    return min(wholes, key=lambda whole: len(PARTS.get(group_of(whole), ())), default=None)


def is_said_by_one_of(claim: ClaimRecord, part: list[ClaimRecord], whole: Line) -> bool:
    """Whether whoever gives this number of a part is one of those who give the whole with it, here or elsewhere."""
    both = [one for one in part if any(is_same_voice(one, other) for other in whole.claims)]
    speakers = {speaker["slug"] for one in both if (speaker := one.get("speaker"))}
    said = claim.get("speaker")
    return claim in both or bool(said and said["slug"] in speakers)


def is_part(line: Line, whole: Line) -> bool:
    """Whether a voice counts these among those: a group of theirs, and no more of them."""
    if group_of(line) not in PARTS.get(group_of(whole), ()):
        return False
    most, limit = largest(line), largest(whole)
    if most is None or limit is None or most > limit:
        return False
    return any(is_same_voice(one, other) for one in line.claims for other in whole.claims)


def group_of(line: Line) -> str:
    return line.value.get("group") or ""


def largest(line: Line) -> int | None:
    """The largest number that is said: its upper end, or its lower one where that alone is known."""
    high, low = line.value.get("high"), line.value.get("low")
    return low if high is None else high


def notes(content: IncidentRecord, aspect: str) -> Iterator[str]:
    """What must be known of the numbers together: that reports differ, and that one contradicts itself.

    That it does is said even where the editors prefer one of its numbers.
    """
    if any(not is_same_voice(*pair) for pair in apart(deciding(content, aspect))):
        yield _("Reports differ on this; what each says stands in the evidence.")
    yield from contradictions(content, apart(standing(content, aspect)))


def standing(content: IncidentRecord, aspect: str) -> list[ClaimRecord]:
    """The claims of numbers that are asserted and not set aside."""
    return [
        claim
        for claim in content["claims"]
        if claim["aspect"] == aspect and claim["stance"] == Stance.ASSERTS and claim["rank"] != Rank.DEPRECATED
    ]


def apart(claims: list[ClaimRecord]) -> list[tuple[ClaimRecord, ClaimRecord]]:
    return [pair for pair in combinations(claims, 2) if exclude(*pair)]


def exclude(one: ClaimRecord, other: ClaimRecord) -> bool:
    """Whether two numbers cannot both be right: of one group, or a part that is larger than the whole."""
    mine, theirs = one["value"], other["value"]
    group, rest = mine.get("group") or "", theirs.get("group") or ""
    if group == rest:
        return lies_above(mine, theirs) or lies_above(theirs, mine)
    if rest in PARTS.get(group, ()):
        return lies_above(theirs, mine)
    return group in PARTS.get(rest, ()) and lies_above(mine, theirs)


def lies_above(one: Value, other: Value) -> bool:
    low, high = one.get("low"), other.get("high")
    return low is not None and high is not None and low > high
