"""Names of places: spellings that no table has, the place of an attack, and every place that the seeds name."""

import csv
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "gazetteer"
TITLE = "Names of places, and places of attack"
SAMPLE, SEED = 5_000, 9
FIRST, AMONG_THREE, WRONG_AND_CERTAIN, GOVERNORATE = 0.90, 0.97, 0.005, 0.90  # what is demanded
_GAZETTEER = Path(__file__).resolve().parents[1] / "fixtures" / "gazetteer" / "syria.jsonl.gz"
_ARTICLES = FOLDER.parent / "articles" / "fa-kes-dev.csv"
_SEEDS = FOLDER.parents[1] / "seeds"
_MISSES = 20
AMONG = 5  # places that are answered
_OFFERED = 3
_UNLIKE, _ALIKE = 0.45, 0.75  # closeness of letters
_UNITS = {
    "aleppo": {"SY02"},
    "damascus": {"SY01", "SY03"},
    "daraa": {"SY12"},
    "deir ezzor": {"SY09"},
    "hama": {"SY05"},
    "hasakeh": {"SY08"},
    "homs": {"SY04"},
    "idlib": {"SY07"},
    "lattakia": {"SY06"},
    "quneitra": {"SY14"},
    "raqqa": {"SY11"},
}
# Places of the seeds that were attacked by what the report tells, and what a bare `Idlib` may be: no others.
_ATTACKED = {
    "000": {"C4068", "C4309", "SY07"},
    "001": {"C4068", "C4330", "SY07", "C3871", "SY05"},
    "002": {"SY07", "C3871"},
    "003": {"C3871", "SY07", "C3916", "C3985", "C4068"},
    "004": {"C3871", "SY07", "C1007"},
}


class Spelt(NamedTuple):
    """A spelling of the table with the code of its place."""

    pcode: str
    name: str


def run() -> tuple[list[str], bool]:
    """The lines of the report, Markdown, and whether all that is demanded holds."""
    from archive.mentions import MentionFinder  # noqa: PLC0415 (Django must be ready for the gazetteer's package)

    index = gazetteer()
    found = [held_out(index, SAMPLE), attacks(MentionFinder(index)), seeds(MentionFinder(index))]
    return [line for lines, _is_good in found for line in lines], all(is_good for _lines, is_good in found)


def gazetteer():
    """The index of the gazetteer that comes with the project."""
    from archive.gazetteer.gazetteer_file import read  # noqa: PLC0415
    from archive.names.spelling_index import Spelling, SpellingIndex, Unit  # noqa: PLC0415

    units: dict[str, Unit] = {}
    rows = sorted(read(_GAZETTEER), key=lambda row: row.level)
    for number, row in enumerate(rows, start=1):
        above = units.get(row.parent or "")
        units[row.pcode] = Unit(number, row.pcode, row.level, (*above.ancestors, above.id) if above else ())
    spellings = [Spelling(units[name.pcode].id, name.folded, name.quality) for row in rows for name in row.names]
    return SpellingIndex(units.values(), spellings)


class HeldOut(NamedTuple):
    """A spelling looked up without its row: the place of the row, what was answered, and why another came first."""

    spelt: Spelt
    is_shared: bool
    rank: int
    codes: list[str]
    is_certain: bool
    reason: str


def held_out(index, size: int) -> tuple[list[str], bool]:
    """Each spelling looked up while neither it nor what is the same to the archive is on record for its place."""
    from evaluate.learn_letters import halves, spellings  # noqa: PLC0415

    rows = [Spelt(*row) for row in spellings()]
    learnt_from, _ = halves(row.pcode for row in rows)
    index.alike("warm")
    began = perf_counter()
    found = [_look_up(index, spelt) for spelt in random.Random(SEED).sample(rows, size)]  # noqa: S311 (always the same)
    each = (perf_counter() - began) / size
    own = [one for one in found if not one.is_shared]
    shared = [one for one in found if one.is_shared]
    wrong = sum(one.rank > 0 and one.is_certain for one in found) / size
    first, three = _within(own, 1), _within(own, 3)
    lines = [
        (
            f"- {size:,} spellings held out in turn, {len(own):,} of which name one place only: "
            f"right first {first:.1%} (demanded: {FIRST:.0%}), among three {three:.1%} (demanded: {AMONG_THREE:.0%})"
        ),
        *(
            f"  - of the half of the places that letters and weights were {what}: first {_within(half, 1):.1%}, "
            f"among three {_within(half, 3):.1%}"
            for what, half in (
                ("learnt from", [one for one in own if one.spelt.pcode in learnt_from]),
                ("not learnt from", [one for one in own if one.spelt.pcode not in learnt_from]),
            )
        ),
        (
            f"- the {len(shared):,} that other places bear too, which nothing but a context can tell apart: "
            f"right first {_within(shared, 1):.1%}, among three {_within(shared, 3):.1%}"
        ),
        (
            f"- wrong and certain, of all: {wrong:.2%} (demanded: {WRONG_AND_CERTAIN:.1%}); certain: "
            f"{sum(one.is_certain for one in found) / size:.1%}; {each * 1000:.0f} ms each"
        ),
        *_misses([one for one in own if one.rank]),
    ]
    return lines, first >= FIRST and three >= AMONG_THREE and wrong <= WRONG_AND_CERTAIN


def _look_up(index, spelt: Spelt) -> HeldOut:
    from archive.names import name_key  # noqa: PLC0415

    key, place_id = name_key(spelt.name), index.id_of(spelt.pcode)
    is_shared = len(index.by_key.get(key, {})) > 1
    quality = index.by_key[key].pop(place_id, None)
    index.keys_of[place_id].discard(key)
    if not index.by_key[key]:
        del index.by_key[key]
    answer = index.resolve(spelt.name)
    codes = [candidate.pcode for candidate in answer.candidates]
    rank = codes.index(spelt.pcode) if spelt.pcode in codes else max(len(codes), AMONG)
    first = answer.candidates[0].place_id if codes else None
    reason = _reason(index, key, place_id, first) if rank else ""
    if quality is not None:
        index.by_key[key][place_id] = quality
        index.keys_of[place_id].add(key)
    return HeldOut(spelt, is_shared, rank, codes, answer.is_certain, reason)


def _reason(index, key: str, place_id: int, first: int | None) -> str:
    """Why another place came first, by how close its names and those of the right one are to what was typed."""
    from archive.names.closeness import closeness  # noqa: PLC0415

    own, other = (
        max(closeness(key, sorted(index.keys_of[i])), default=0.0) if i is not None else 0.0 for i in (place_id, first)
    )
    if own < _UNLIKE:
        return "no other name on record of the place is like it"
    if other >= _ALIKE and own >= _ALIKE:
        return "names of both places are like it"
    return "a name of the other place is closer" if other > own else "all evidence together was for the other"


def _within(found: Sequence[HeldOut], most: int) -> float:
    return sum(one.rank < most for one in found) / max(len(found), 1)


def _misses(missed: Sequence[HeldOut]) -> Iterator[str]:
    """All that were missed by cause, and the first of them with what came instead."""
    far = [one for one in missed if one.rank >= _OFFERED]
    for what, those in ((f"missed: {len(missed):,}", missed), (f"not even among three: {len(far):,}", far)):
        causes = Counter(one.reason for one in those).most_common()
        yield f"- {what}, as " + "; ".join(f"{cause} ({count})" for cause, count in causes)
    yield "- the first of them, with what came instead:"
    for one in missed[:_MISSES]:
        yield f"  - {one.spelt.name} ({one.spelt.pcode}): {', '.join(one.codes[:3]) or 'nothing'}; {one.reason}"


def attacks(finder) -> tuple[list[str], bool]:
    """Reports whose governorate of attack is the one of the row: the first place, and one among all places attacked."""
    from archive.mentions.sites import main_sites, sites  # noqa: PLC0415

    rows = list(_rows(_ARTICLES))
    first, among, misses = 0, 0, []
    for row in rows:
        found = main_sites(sites(f"{row['article_title']}\n\n{row['article_content']}", finder))
        right = _UNITS[row["location"]]
        is_first = bool(found) and not right.isdisjoint(found[0].governorates)
        first += is_first
        among += any(not right.isdisjoint(site.governorates) for site in found)
        if not is_first:
            got = ", ".join(f"{site.exact} ({site.pcode or site.region})" for site in found[:3])
            misses.append(f"  - {row['unit_id']}: {row['location']} in the table; found {got or 'nothing'}")
    share = first / len(rows)
    lines = [
        (
            f"- place of attack, right governorate, {len(rows)} rows of FA-KES: {share:.1%} "
            f"(demanded: {GOVERNORATE:.0%}); among the places attacked {among / len(rows):.1%}"
        ),
        *misses[:_MISSES],
    ]
    return lines, share >= GOVERNORATE


def seeds(finder) -> tuple[list[str], bool]:
    """Every place that the table of the seeds names, found with its code; no place said to be attacked that was not."""
    from archive.mentions.sites import Part, sites  # noqa: PLC0415

    named, found_named, wrong = 0, 0, []
    attacked = {"right": 0, "all": 0}
    rows = list(_rows(FOLDER / "seed_places.csv"))
    for file in sorted(_SEEDS.glob("*.txt")):
        number = file.name[:3]
        found = sites(file.read_text(encoding="utf-8"), finder)
        codes = {candidate.pcode for site in found for candidate in site.candidates}
        expected = {row["expected_pcode"] for row in rows if row["seed"] == number} - {"none", ""}
        named, found_named = named + len(expected), found_named + len(expected & codes)
        told = {site.pcode or site.region for site in found if site.part is Part.ATTACK}
        sites_of_attack = _ATTACKED[number] & expected
        attacked["all"] += len(sites_of_attack)
        attacked["right"] += len(sites_of_attack & told)
        wrong += [f"{number}: {code}" for code in sorted(told - _ATTACKED[number])]
    lines = [
        (
            f"- places of the seeds found with their code: {found_named} of {named}; sites of attack told as such: "
            f"{attacked['right']} of {attacked['all']}; told so wrongly: {', '.join(wrong) or 'none'}"
        )
    ]
    return lines, found_named == named and attacked["right"] == attacked["all"] and not wrong


def _rows(file: Path) -> Iterable[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="", errors="replace") as lines:
        yield from csv.DictReader(lines)
