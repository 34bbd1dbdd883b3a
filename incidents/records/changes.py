"""What changed between two editions, field by field, in words of both languages."""

from collections.abc import Callable
from typing import Any, NamedTuple

from archive import dates

Content = dict[str, Any]

GROUPS_AR = {
    "people": "أشخاص",
    "civilians": "مدنيون",
    "children": "أطفال",
    "women": "نساء",
    "health_workers": "عاملون صحيون",
    "rescue_workers": "عمال إنقاذ",
    "fighters": "مقاتلون",
}
STANCES_AR = {"asserts": "", "disputes": " (موضع تشكيك)", "denies": " (منفي)"}
QUOTED = ("“{}”", "«{}»")
PRECISIONS = {"near": ("near {}", "قرب {}"), "part": ("part of {}", "جزء من {}")}


class Shown(NamedTuple):
    """One value in words."""

    en: str
    ar: str


class Difference(NamedTuple):
    """A field that differs: what only the older edition says, and what only the newer one says."""

    field: str
    removed: list[Shown]
    added: list[Shown]


def differences(old: Content, new: Content) -> list[Difference]:
    """Return the fields that differ, in the order of the page; empty when both editions say the same.

    Fields: title, scope, occurred, places, facilities, facility_types, actors, weapons, killed, injured, summary,
    evidence (claims with their passages, speakers, ranks and reasons).
    """
    found = []
    for field, show in FIELDS.items():
        before, after = show(old), show(new)
        removed = [value for value in before if value not in after]
        added = [value for value in after if value not in before]
        if removed or added:
            found.append(Difference(field, removed, added))
    return found


def titles(content: Content) -> list[Shown]:
    return [Shown(content["title_en"], content["title_ar"])]


def scope(content: Content) -> list[Shown]:
    words = {"attack": "هجوم", "series": "سلسلة هجمات", "tally": "حصيلة فترة"}
    return [Shown(content["scope"], words[content["scope"]])]


def occurred(content: Content) -> list[Shown]:
    fact = content["occurred"]
    if fact is None:
        return []
    shown = when(fact)
    return [Shown(f"{shown.en} (contested)", f"{shown.ar} (متنازع عليه)")] if fact["contested"] else [shown]


def when(value: Content) -> Shown:
    read = dates.parse(value["edtf"])
    en, ar = (dates.describe(read, language, value["part_of_day"]) for language in ("en", "ar"))
    return Shown(f"{en}, {value['time']}", f"{ar}، {value['time']}") if value["time"] else Shown(en, ar)


def places(content: Content) -> list[Shown]:
    return [where(place) for place in content["places"]]


def where(place: Content) -> Shown:
    en, ar = PRECISIONS.get(place["precision"], ("{}", "{}"))
    return Shown(en.format(place["name_en"]), ar.format(place["name_ar"] or place["name_en"]))


def named(key: str) -> Callable[[Content], list[Shown]]:
    """Return what shows a list of things that have names."""
    return lambda content: [names(item) for item in content[key]]


def names(item: Content) -> Shown:
    return Shown(item["name_en"] or item["name_ar"], item["name_ar"] or item["name_en"])


def actors(content: Content) -> list[Shown]:
    """An actor with everybody who speaks for or against its part."""
    return [Shown(*(actor_words(actor, language) for language in ("en", "ar"))) for actor in content["actors"]]


def actor_words(actor: Content, language: str) -> str:
    name = names(actor)._asdict()[language]
    if not actor["asserted"]:
        return f"{name} (asserted by nobody)" if language == "en" else f"{name} (لا ينسبه إليه أحد)"
    denied = [getattr(names(by), language) for by in (*actor["denied_by"], *actor["disputed_by"]) if "slug" in by]
    if not denied:
        return name
    comma, word = (", ", "disputed by") if language == "en" else ("، ", "ينفي ذلك أو يشكك فيه:")
    return f"{name} ({word} {comma.join(denied)})"


def counts(aspect: str) -> Callable[[Content], list[Shown]]:
    """Return what shows the killed or injured of each group."""
    return lambda content: [count(group) for group in (content[aspect] or {}).get("groups", [])]


def count(group: Content) -> Shown:
    low, high, name = group["low"], group["high"], group["group"]
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
    # The group leads in Arabic: after a number its form would depend on the number.
    return Shown(f"{en} {name.replace('_', ' ')}", f"{GROUPS_AR.get(name, name)}: {ar}")


def summary(content: Content) -> list[Shown]:
    return [Shown(sentence["text_en"], sentence["text_ar"]) for sentence in content["summary"]]


def evidence(content: Content) -> list[Shown]:
    """Every claim in one line; the quote stands in for the passage, a judgement for itself."""
    return [Shown(*(claim_words(claim, content, n) for n in (0, 1))) for claim in content["claims"]]


def claim_words(claim: Content, content: Content, language: int) -> str:
    stance = (f" ({claim['stance']})" if claim["stance"] != "asserts" else "", STANCES_AR[claim["stance"]])[language]
    quote = (content["passages"].get(claim["passage"]) or {}).get("exact")
    speaker = names(claim["speaker"])[language] if claim["speaker"] else ""
    words = [
        value_words(claim)[language] + stance,
        speaker,
        QUOTED[language].format(quote) if quote else claim["judgement"],
    ]
    rank = {"preferred": ("preferred", "مفضّل"), "deprecated": ("set aside", "مستبعد")}.get(claim["rank"])
    return " · ".join(filter(None, [*words, claim["reasoning"], rank[language] if rank else ""]))


def value_words(claim: Content) -> Shown:
    value = claim["value"]
    if claim["aspect"] == "occurred":
        return when(value)
    if claim["aspect"] == "place":
        return where(value)
    if claim["aspect"] in ("killed", "injured"):
        return count(value)
    return names(value)


FIELDS: dict[str, Callable[[Content], list[Shown]]] = {
    "title": titles,
    "scope": scope,
    "occurred": occurred,
    "places": places,
    "facilities": named("facilities"),
    "facility_types": named("facility_types"),
    "actors": actors,
    "weapons": named("weapons"),
    "killed": counts("killed"),
    "injured": counts("injured"),
    "summary": summary,
    "evidence": evidence,
}
