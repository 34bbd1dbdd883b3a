"""People, strikes, times: a range for each group, never summed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations

from archive.terms import values
from incidents.terms import Group, Rank

from .facts import CountFact, Counts
from .inputs import ClaimView, Count
from .weighing import Weighed, ids, weigh

_GROUPS = values(Group)


def assess_counts(claims: Iterable[ClaimView]) -> Counts:
    by_group: dict[str, list[ClaimView]] = {}
    for claim in claims:
        by_group.setdefault(_count(claim).group, []).append(claim)
    items = tuple(
        fact
        for group in sorted(by_group, key=_place_of_group)
        if (fact := _assess_group(group, weigh(by_group[group])))
    )
    return Counts(items, _headline(items))


def _count(claim: ClaimView) -> Count:
    assert isinstance(claim.value, Count)  # ClaimView checks it
    return claim.value


def _place_of_group(group: str) -> tuple[int, str]:
    return (_GROUPS.index(group) if group in _GROUPS else len(_GROUPS), group)


def _assess_group(group: str, weighed: Weighed) -> CountFact | None:
    if not (weighed.deciding or weighed.outranked or weighed.against):
        return None
    counts = [_count(claim) for claim in weighed.deciding]
    numbers = [count for count in counts if count.low is not None or count.high is not None]
    return CountFact(
        group=group,
        low=_end([count.low for count in numbers], min),
        high=_end([count.high for count in numbers], max),
        best=_best(weighed.deciding),
        is_preferred=_is_preferred(weighed.deciding),
        claims=ids(weighed.deciding),
        against=ids(weighed.against),
        alternatives=ids(weighed.outranked),
        is_contested=any(_are_apart(one, other) for one, other in combinations(numbers, 2)),
    )


def _end(ends: Sequence[int | None], choose: Callable[[list[int]], int]) -> int | None:
    known = [end for end in ends if end is not None]
    return choose(known) if known and len(known) == len(ends) else None


def _is_preferred(deciding: Sequence[ClaimView]) -> bool:
    return bool(deciding) and all(claim.rank == Rank.PREFERRED for claim in deciding)


def _best(deciding: Sequence[ClaimView]) -> int | None:
    """The number that every preferred claim gives: exactly n, or at least n."""
    best = {count.low if count.high in {None, count.low} else None for count in map(_count, deciding)}
    return best.pop() if _is_preferred(deciding) and len(best) == 1 else None


def _are_apart(one: Count | CountFact, other: Count | CountFact) -> bool:
    return _lies_above(one, other) or _lies_above(other, one)


def _lies_above(one: Count | CountFact, other: Count | CountFact) -> bool:
    return one.low is not None and other.high is not None and one.low > other.high


def _headline(items: Sequence[CountFact]) -> CountFact | None:
    """Rule `headline`."""
    known = {item.group: item for item in items if item.is_known}
    if "" in known:  # of what is not people there is one number
        return known[""]
    if people := known.pop(Group.PEOPLE, None):
        larger = [part for part in known.values() if _lies_above(part, people)]
        if people.is_preferred or not larger:
            return people
        high = _end([part.high for part in larger], max)
        claims = (*people.claims, *(claim for part in larger for claim in part.claims))
        return replace(people, high=high, claims=claims, is_contested=True)
    if Group.CIVILIANS in known:
        return known[Group.CIVILIANS]
    parts = [part for part in known.values() if part.low]
    return replace(max(parts, key=lambda part: part.low or 0), high=None, best=None) if parts else None
