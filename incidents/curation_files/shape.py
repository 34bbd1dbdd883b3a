"""The shape of a curation file: which keys its parts have. `docs/curation-files.md` explains them to editors. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

FORMAT = 1
NUMBER = (int,)
TEXT = (str,)


class Problem(NamedTuple):
    """What is wrong, and where in the file: `incidents.mill.claims[2].edtf`."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class Part(NamedTuple):
    """The keys of an object with the JSON types that each takes."""

    required: Mapping[str, tuple[type, ...]]
    optional: Mapping[str, tuple[type, ...]]


DOCUMENT = Part(
    {"format": NUMBER, "incidents": (dict,)},
    {"about": TEXT, **dict.fromkeys(("sources", "speakers", "facilities", "articles", "passages"), (dict,))},
)
SOURCE = Part({"name_en": TEXT}, dict.fromkeys(("name_ar", "kind", "text_policy", "homepage", "licence"), TEXT))
SPEAKER = Part({"name_en": TEXT}, {"name_ar": TEXT, "actor": TEXT})
FACILITY = Part(
    {"name_en": TEXT, "type": TEXT, "pcode": TEXT}, {"name_ar": TEXT, "aliases": (list,), "new_because": TEXT}
)
ARTICLE = Part({"sha256": TEXT}, {"correct": (dict,), "reason": TEXT})
CORRECTION = Part({}, dict.fromkeys(("title", "source", "published", "language", "url", "authors"), TEXT))
PASSAGE = Part({"article": TEXT, "start": NUMBER, "end": NUMBER, "sha256": TEXT}, {})
STAGE = {"claims": (list,), "summary": (list,), "ranks": (dict,), "publish": TEXT, "kept": (list,)}
INCIDENT = Part(
    {"scope": TEXT},
    {**STAGE, "code": TEXT, "working_title": TEXT, "then": (list,), "withdraw": TEXT, "merge": (dict,)},
)
LATER = Part({}, STAGE)
MERGE = Part({"into": TEXT, "reason": TEXT}, {})
SENTENCE = Part({"text_en": TEXT, "passages": (list,)}, {"text_ar": TEXT})
KEPT = Part({"warning": TEXT, "reason": TEXT}, {"claim": TEXT})
CLAIM = Part(
    {"aspect": TEXT},
    {
        **dict.fromkeys(("id", "passage", "judgement", "reasoning", "stance", "rank", "speaker"), TEXT),
        **dict.fromkeys(("edtf", "part_of_day", "time", "time_to", "pcode", "precision", "point"), TEXT),
        **dict.fromkeys(("facility", "facility_type", "actor", "weapon", "group", "damage"), TEXT),
        **dict.fromkeys(("low", "high", "within_m"), NUMBER),
        "time_about": (bool,),
    },
)


def problems(document: Any) -> list[Problem]:
    """Return everything that is not as the format says; the rest of the loader may rely on what passes."""
    found = list(check(document, DOCUMENT, ""))
    if found or document["format"] != FORMAT:
        return found or [Problem("format", f"This program reads format {FORMAT}.")]
    for key, part in (("sources", SOURCE), ("speakers", SPEAKER), ("facilities", FACILITY), ("passages", PASSAGE)):
        for name, item in document.get(key, {}).items():
            found += check(item, part, f"{key}.{name}")
    for name, item in document.get("articles", {}).items():
        found += check(item, ARTICLE, f"articles.{name}") or check_correction(item, f"articles.{name}")
    for name, item in document["incidents"].items():
        found += check(item, INCIDENT, f"incidents.{name}") or check_incident(item, f"incidents.{name}")
    return found


def check(item: Any, part: Part, path: str) -> list[Problem]:
    """Return what is wrong with the keys of one object."""
    if not isinstance(item, dict):
        return [Problem(path, "An object is needed here.")]
    known = {**part.required, **part.optional}
    found = [Problem(join(path, key), "This is needed.") for key in part.required if key not in item]
    for key, value in item.items():
        if key not in known:
            found.append(Problem(join(path, key), f"There is no such key; there are {', '.join(sorted(known))}."))
        elif not isinstance(value, known[key]) or isinstance(value, bool):
            wanted = " or ".join(kind.__name__ for kind in known[key])
            found.append(Problem(join(path, key), f"This must be of type {wanted}."))
    return found


def join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def check_correction(article: Mapping[str, Any], path: str) -> list[Problem]:
    if "correct" not in article:
        return []
    found = list(check(article["correct"], CORRECTION, f"{path}.correct"))
    if not article.get("reason", "").strip():
        found.append(Problem(f"{path}.reason", "A correction needs its reason."))
    return found


def check_incident(incident: Mapping[str, Any], path: str) -> list[Problem]:
    found = []
    for stage_path, stage in stages(incident, path):
        found += check(stage, LATER, stage_path) if stage is not incident else []
        for n, claim in enumerate(stage.get("claims", [])):
            found += check(claim, CLAIM, f"{stage_path}.claims[{n}]")
        for n, sentence in enumerate(stage.get("summary", [])):
            found += check(sentence, SENTENCE, f"{stage_path}.summary[{n}]")
        for n, kept in enumerate(stage.get("kept", [])):
            found += check(kept, KEPT, f"{stage_path}.kept[{n}]")
    if "merge" in incident:
        found += check(incident["merge"], MERGE, f"{path}.merge")
    if "merge" in incident and "withdraw" in incident:
        found.append(Problem(path, "It is either withdrawn or merged."))
    return found


def claims(incidents: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """All claims of some incidents of a file, of all their stages."""
    return [
        claim
        for incident in incidents
        for stage in (incident, *incident.get("then", []))
        for claim in stage.get("claims", [])
    ]


def stages(incident: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    """The incident as it is first curated, then each later stage, with their paths in the file."""
    yield path, incident
    for n, later in enumerate(incident.get("then", [])):
        yield f"{path}.then[{n}]", later if isinstance(later, dict) else {"": later}
