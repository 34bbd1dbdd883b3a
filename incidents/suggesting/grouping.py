"""The attacks that a report tells of: sentences put together by place, day and facility, and what each adds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from archive.mentions.sites import Site
from incidents.terms import COUNTED, Aspect

from .days import DaySaid, days_apart
from .scenes import Scene
from .values import Value

Above = Mapping[str, frozenset[str]]  # P-code → the P-codes of all that it lies in
CLOSE = 2  # sentences
NEAR = 1  # days between two dates of one attack


@dataclass
class Group:
    """Scenes of one attack. ``places`` are its P-codes, ``days`` its dates, ``facilities`` the names struck."""

    is_past: bool
    scenes: list[Scene] = field(default_factory=list)
    places: dict[str, Site] = field(default_factory=dict)
    days: list[DaySaid] = field(default_factory=list)
    facilities: set[str] = field(default_factory=set)
    place_of_report: Site | None = None  # where no sentence of its own names one

    @property
    def numbers(self) -> set[Value]:
        return {number for scene in self.scenes for number in scene_numbers(scene)}

    def take(self, scene: Scene) -> None:
        self.scenes.append(scene)
        for site in scene.attack_sites:
            self.places.setdefault(site.pcode, site)
        self.days.extend(scene.days)
        self.facilities |= facility_names(scene)


def facility_names(scene: Scene) -> set[str]:
    return {found.value.name for found in scene.found if found.aspect is Aspect.FACILITY}  # type: ignore[union-attr]


def scene_numbers(scene: Scene) -> set[Value]:
    """The counts of a scene that are no part of others."""
    return {found.value for found in scene.counts if found.rule != "count_part"}


def group_scenes(scenes: Iterable[Scene], above: Above, published: date | None) -> list[Group]:
    """The attacks of a report in the order in which it first tells of them, those of long ago last."""
    groups: list[Group] = []
    current: Group | None = None
    for scene in scenes:
        if scene.denials and groups and not scene.is_attack:
            _denied(groups, scene, above).scenes.append(scene)
            continue
        if not scene.is_attack:
            continue
        is_past = scene.is_past(published)
        if is_past and not _is_told_in_full(scene):
            continue
        group = _of_scene(groups, current, scene, above, is_past=is_past)
        if group is None and groups and not (scene.attack_sites or scene.days or scene.counts or facility_names(scene)):
            continue
        if group is None:
            group = Group(is_past)
            groups.append(group)
        group.take(scene)
        if not is_past:
            current = group
    told = [group for group in groups if _is_worth(group)]
    return sorted(told, key=lambda group: group.is_past)


def led_by(groups: Sequence[Group], main: Sequence[Site], above: Above) -> list[Group]:
    """The attack at the place that the report is most about first; the first attack is there if none is."""
    if not groups or not main:
        return list(groups)
    first = groups[0]
    if not first.places or not any(_is_at(group, main[0].pcode, above) for group in groups):
        first.place_of_report = main[0]
        return list(groups)
    return sorted(groups, key=lambda group: group.is_past or not _is_at(group, main[0].pcode, above))


def _is_at(group: Group, pcode: str, above: Above) -> bool:
    return any(
        pcode == place or pcode in above.get(place, ()) or place in above.get(pcode, ()) for place in group.places
    )


def _is_told_in_full(scene: Scene) -> bool:
    """Of an attack long ago: not only that there was one."""
    return bool(scene.attack_sites) and scene.has(*COUNTED, Aspect.FACILITY, Aspect.WEAPON) and not _is_a_year(scene)


def _is_a_year(scene: Scene) -> bool:
    return all((day.upper - day.lower).days > 100 for day in scene.days)


def _is_worth(group: Group) -> bool:
    """A group that says more than that there was some attack."""
    is_known = bool(group.places or group.days or group.facilities or group.numbers)
    return is_known and any(scene.found or scene.denials for scene in group.scenes)


def _denied(groups: Sequence[Group], scene: Scene, above: Above) -> Group:
    """What a denial denies: the attack at the place that it names, else the one that the report is about."""
    named = [group for group in groups if scene.attack_sites and _is_near(group, scene, above)]
    return (named or [group for group in groups if not group.is_past] or list(groups))[0]


def _of_scene(
    groups: Sequence[Group], current: Group | None, scene: Scene, above: Above, *, is_past: bool
) -> Group | None:
    """The group that a scene belongs to; None for a new one."""
    alike = [group for group in groups if group.is_past == is_past]
    names = facility_names(scene)
    by_facility = [group for group in alike if names & group.facilities and _is_same_time(group, scene)]
    if by_facility:
        return by_facility[-1]
    if scene.attack_sites:
        near = [group for group in alike if _is_near(group, scene, above) and _is_same_time(group, scene)]
        return (current if current in near else near[-1]) if near else None
    if current is not None and current.is_past == is_past and _is_same_time(current, scene):
        return current if _goes_on(current, scene) else None
    same_day = [group for group in alike if scene.days and group.days and _is_same_time(group, scene)]
    return same_day[-1] if same_day else None


def _goes_on(group: Group, scene: Scene) -> bool:
    """Whether a sentence without a place is still about the attack: it counts or dates, or stands close behind."""
    return bool(scene.counts or scene.days) or scene.sentence.number - group.scenes[-1].sentence.number <= CLOSE


def _is_same_time(group: Group, scene: Scene) -> bool:
    if not group.days or not scene.days:
        return True
    return any(
        days_apart((one.lower, one.upper), (other.lower, other.upper)) < NEAR
        for one in group.days
        for other in scene.days
    )


def _is_near(group: Group, scene: Scene, above: Above) -> bool:
    """Whether a place of the scene is one of the group's, or lies in one, or has one in it; the narrowest count."""
    if not group.places:
        return not group.numbers or not scene_numbers(scene) or bool(group.numbers & scene_numbers(scene))
    return any(
        here == there or there in above.get(here, ()) or here in above.get(there, ())
        for here in narrowest({site.pcode for site in scene.attack_sites}, above)
        for there in narrowest(group.places, above)
    )


def narrowest(pcodes: Collection[str], above: Above) -> set[str]:
    """The places in which no other of them lies."""
    wider = {unit for pcode in pcodes for unit in above.get(pcode, ())}
    return set(pcodes) - wider
