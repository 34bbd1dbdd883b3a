"""What changed between two editions, field by field, in words of both languages."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from archive import dates
from archive.localisation import shown_names
from archive.points import degrees
from archive.text.bidi import set_apart
from incidents.record.cited_parts import ClaimRecord, Value
from incidents.record.flat import in_words
from incidents.record.parts import ActorRecord, DamageRecord, GroupCount, Occurred, PlaceRecord, PointSaid, TermNames
from incidents.record.whole import IncidentRecord, groups_in
from incidents.terms import NUMBERED, Aspect, Damage, Group, Precision, Rank, Scope, Stance

GROUPS_AR: dict[str, str] = {
    Group.PEOPLE: "أشخاص",
    Group.CIVILIANS: "مدنيون",
    Group.CHILDREN: "أطفال",
    Group.WOMEN: "نساء",
    Group.HEALTH_WORKERS: "عاملون صحيون",
    Group.RESCUE_WORKERS: "عمال إنقاذ",
    Group.FIGHTERS: "مقاتلون",
}
DAMAGE: dict[str, tuple[str, str]] = {
    Damage.DESTROYED: ("destroyed", "تدمير كامل"),
    Damage.HEAVILY_DAMAGED: ("heavily damaged", "أضرار جسيمة"),
    Damage.DAMAGED: ("damaged", "أضرار"),
    Damage.LIGHTLY_DAMAGED: ("lightly damaged", "أضرار طفيفة"),
    Damage.OUT_OF_SERVICE: ("out of service", "خروج عن الخدمة"),
    Damage.NOT_DAMAGED: ("not damaged", "لا أضرار"),
}
STANCES_AR: dict[str, str] = {
    Stance.ASSERTS: "",
    Stance.DISPUTES: " (موضع تشكيك)",
    Stance.DENIES: " (منفي)",
}
Named = Mapping[str, Any]  # a part of a record that has names
QUOTED = ("“{}”", "«{}»")
DIRECTIONS = ("ltr", "rtl")
PRECISIONS: dict[str, tuple[str, str]] = {
    Precision.NEAR: ("near {}", "قرب {}"),
    Precision.PART: ("part of {}", "جزء من {}"),
}
SCOPES_AR: dict[str, str] = {Scope.ATTACK: "هجوم", Scope.SERIES: "سلسلة هجمات", Scope.TALLY: "حصيلة فترة"}
RANKS: dict[str, tuple[str, str]] = {
    Rank.PREFERRED: ("preferred", "مفضّل"),
    Rank.DEPRECATED: ("set aside", "مستبعد"),
}


class Shown(NamedTuple):
    """One value in words."""

    en: str
    ar: str


class Line(NamedTuple):
    """A value as a field holds it: in words, and what tells it from another that reads the same (`C4068`)."""

    shown: Shown
    identity: str = ""


class Difference(NamedTuple):
    """A field that differs: what only the older edition says, and what only the newer one says."""

    field: str
    removed: list[Shown]
    added: list[Shown]


def differences(old: IncidentRecord, new: IncidentRecord) -> list[Difference]:
    """Return the fields that differ, in the order of the page; empty when both editions say the same.

    Fields: title, scope, occurred, places (the first is the main one), facilities, facility_types, actors, weapons,
    all that has numbers, damage, summary, identifiers, evidence (claims with their passages, speakers, ranks and
    reasons). Where what went and what came read the same, as two places of one name do, each is followed by what tells
    it apart.
    """
    found = []
    for field, read in FIELDS.items():
        before, after = Counter(read(old)), Counter(read(new))
        removed, added = list((before - after).elements()), list((after - before).elements())
        if removed or added:
            alike = {line.shown for line in removed} & {line.shown for line in added}
            found.append(Difference(field, told_apart(removed, alike), told_apart(added, alike)))
    return found


def told_apart(lines: list[Line], alike: set[Shown]) -> list[Shown]:
    return [
        Shown(*(f"{words} ({line.identity})" for words in line.shown)) if line.shown in alike else line.shown
        for line in lines
    ]


def titles(content: IncidentRecord) -> list[Line]:
    return [Line(Shown(content["title_en"], content["title_ar"]))]


def scope(content: IncidentRecord) -> list[Line]:
    return [Line(Shown(content["scope"], SCOPES_AR[content["scope"]]))]


def occurred(content: IncidentRecord) -> list[Line]:
    fact = content["occurred"]
    return [Line(contested(when(fact), fact))] if fact else []


def contested(shown: Shown, fact: Occurred | GroupCount | DamageRecord) -> Shown:
    return Shown(f"{shown.en} (contested)", f"{shown.ar} (متنازع عليه)") if fact.get("contested") else shown


def when(value: Occurred | Value) -> Shown:
    read = dates.parse(value["edtf"])
    en, ar = (dates.describe(read, language, value["part_of_day"]) for language in ("en", "ar"))
    if not value["time"]:
        return Shown(en, ar)
    time = "–".join(filter(None, [value["time"], value.get("time_to")]))
    about = Shown("about ", "نحو ") if value.get("time_about") else Shown("", "")
    return Shown(f"{en}, {about.en}{time}", f"{ar}، {about.ar}{time}")


def places(content: IncidentRecord) -> list[Line]:
    """The places; of several the first is the one that maps and lists show."""
    lines = [Line(where(place), place["pcode"]) for place in content["places"]]
    if len(lines) > 1:
        lines[0] = Line(lines[0].shown, f"{lines[0].identity}, 1")
    return lines


def where(place: PlaceRecord | Value) -> Shown:
    en, ar = PRECISIONS.get(place["precision"], ("{}", "{}"))
    english, arabic = shown_names(place)
    shown = Shown(en.format(english), ar.format(arabic or english))
    return at_point(shown, place["point"]) if "point" in place else shown


def at_point(shown: Shown, point: PointSaid) -> Shown:
    """A place with the point that is known of it, if one is: “Upper Town, 35.6100, 36.5600 (within 500 m)”."""
    lat, lon, within = point["lat"], point["lon"], point["within_m"]
    if lat is None or lon is None:
        return Shown(f"{shown.en}, several points", f"{shown.ar}، عدة نقاط")
    said = f"{degrees(lat)}, {degrees(lon)}"
    return Shown(f"{shown.en}, {said} (within {within} m)", f"{shown.ar}، {said} (ضمن {within} م)")


def named(key: str) -> Callable[[IncidentRecord], list[Line]]:
    """Return what reads a list of things that have names; a facility is known by its kind and place too."""
    return lambda content: [Line(names(item), identity(item)) for item in content[key]]  # type: ignore[literal-required]


def identity(item: Named) -> str:
    kind = item.get("type") or {}
    return ", ".join(filter(None, [item.get("id") or item.get("slug"), kind.get("slug"), item.get("pcode")]))


def names(item: Named) -> Shown:
    return Shown(item["name_en"] or item["name_ar"], item["name_ar"] or item["name_en"])


BY_NOBODY = {"en": "asserted by nobody", "ar": "لا ينسبه إليه أحد"}
ONLY_ONE_OF = {"en": "only as one of several", "ar": "بوصفه واحدًا من عدة فاعلين فقط"}


def actors(content: IncidentRecord) -> list[Line]:
    """An actor with everybody who speaks for or against its part."""
    several = content.get("actors_one_of") or []
    either = {actor["slug"] for one in several for actor in one["actors"]}
    lines = [
        Line(Shown(*(actor_words(actor, language, either) for language in ("en", "ar"))), actor["slug"])
        for actor in content["actors"]
    ]
    return [*lines, *(Line(Shown(*in_words(one["actors"])), one_of(one["actors"])) for one in several)]


def one_of(actors: Iterable[TermNames]) -> str:
    return " | ".join(actor["slug"] for actor in actors)


def actor_words(actor: ActorRecord, language: str, either: Container[str] = ()) -> str:
    """Its name, with whether nobody ascribes it to that actor alone, and who speaks against its part."""
    notes = []
    if not actor["asserted"]:
        notes.append((ONLY_ONE_OF if actor["slug"] in either else BY_NOBODY)[language])
    denied = [getattr(names(by), language) for by in (*actor["denied_by"], *actor["disputed_by"]) if "slug" in by]
    if denied and (actor["asserted"] or actor["slug"] in either):
        comma, word = (", ", "disputed by") if language == "en" else ("، ", "ينفي ذلك أو يشكك فيه:")
        notes.append(f"{word} {comma.join(denied)}")
    name = names(actor)._asdict()[language]
    return f"{name} ({('; ' if language == 'en' else '؛ ').join(notes)})" if notes else str(name)


def counts(aspect: str) -> Callable[[IncidentRecord], list[Line]]:
    """Return what reads the killed or injured of each group."""
    return lambda content: [Line(group_count(group)) for group in groups_in(content, aspect)]


def group_count(group: GroupCount) -> Shown:
    """A count with the number that editors prefer within it, and whether claims contradict one another on it."""
    shown, best = count(group), group.get("best")
    if best is not None and group["low"] != group["high"]:
        shown = Shown(f"{shown.en} (preferred: {best})", f"{shown.ar} (المفضّل: {best})")
    return contested(shown, group)


def count(group: GroupCount | Value) -> Shown:
    low, high, name = group["low"], group["high"], group.get("group") or ""
    if low is None and high is None and not name:
        return Shown("reported", "ورد ذلك")
    if low is None and high is None:
        en, ar = "number unknown,", "عدد غير معروف"
    elif high is None:
        en, ar = f"at least {low}", f"{low} على الأقل"
    elif low is None:
        en, ar = f"up to {high}", f"{high} على الأكثر"
    elif low == high:
        en = ar = str(low)
    else:
        en, ar = f"{low}–{high}", f"من {low} إلى {high}"
    if not name:
        return Shown(en, ar)
    # The group leads in Arabic: after a number its form would depend on the number.
    return Shown(f"{en} {name.replace('_', ' ')}", f"{GROUPS_AR.get(name, name)}: {ar}")


def identifiers(content: IncidentRecord) -> list[Line]:
    found = content.get("identifiers") or []
    return [Line(Shown(*(f"{name}: {one['value']}" for name in names(one))), one["scheme"]) for one in found]


def damage(content: IncidentRecord) -> list[Line]:
    """What became of each facility, as claims that count say."""
    return [
        Line(
            contested(damage_words(one["damage"], one["facility"]), one),
            one["facility"]["id"] if one["facility"] else "",
        )
        for one in content.get("damage") or []
        if one["claims"]
    ]


def damage_words(damage: str, facility: Named | None) -> Shown:
    if not facility:
        return Shown(*DAMAGE[damage])
    return Shown(*(f"{name}: {words}" for name, words in zip(names(facility), DAMAGE[damage], strict=True)))


def summary(content: IncidentRecord) -> list[Line]:
    return [
        Line(Shown(sentence["text_en"], sentence["text_ar"]), ", ".join(sorted(sentence["passages"])))
        for sentence in content["summary"]
    ]


def evidence(content: IncidentRecord) -> list[Line]:
    """Every claim in one line; the quote stands in for the passage, a judgement for itself."""
    return [
        Line(Shown(*(claim_words(claim, content, n) for n in (0, 1))), claim_identity(claim))
        for claim in content["claims"]
    ]


def claim_identity(claim: ClaimRecord) -> str:
    """What the words of a claim may hide: which aspect, which thing of that name, which passage."""
    value = claim["value"]
    of = value.get("pcode") or value.get("id") or value.get("slug") or one_of(value.get("one_of") or [])
    return ", ".join(filter(None, [claim["aspect"], of, claim["passage"]]))


def claim_words(claim: ClaimRecord, content: IncidentRecord, language: int) -> str:
    stance = (f" ({claim['stance']})" if claim["stance"] != Stance.ASSERTS else "", STANCES_AR[claim["stance"]])[
        language
    ]
    passage = content["passages"].get(claim["passage"] or "")
    quote = passage["exact"] if passage else None
    apart = partial(set_apart, direction=DIRECTIONS[language])
    words = [
        apart(value_words(claim)[language]) + stance,
        apart(names(claim["speaker"])[language]) if claim["speaker"] else "",
        QUOTED[language].format(apart(quote)) if quote else apart(claim["judgement"]),
        apart(claim["reasoning"]),
    ]
    if rank := RANKS.get(claim["rank"]):
        words.append(rank[language])
    return " · ".join(filter(None, words))


def value_words(claim: ClaimRecord) -> Shown:
    value = claim["value"]
    if claim["aspect"] == Aspect.OCCURRED:
        return when(value)
    if claim["aspect"] == Aspect.PLACE:
        return where(value)
    if claim["aspect"] in NUMBERED:
        return count(value)
    if claim["aspect"] == Aspect.DAMAGE:
        return damage_words(value["damage"], value if value.get("id") else None)
    if value.get("one_of"):
        return Shown(*in_words(value["one_of"]))
    return names(value)


FIELDS: dict[str, Callable[[IncidentRecord], list[Line]]] = {
    "title": titles,
    "scope": scope,
    "occurred": occurred,
    "places": places,
    "facilities": named("facilities"),
    "facility_types": named("facility_types"),
    "actors": actors,
    "weapons": named("weapons"),
    **{aspect: counts(aspect) for aspect in NUMBERED},
    "damage": damage,
    "summary": summary,
    "identifiers": identifiers,
    "evidence": evidence,
}
