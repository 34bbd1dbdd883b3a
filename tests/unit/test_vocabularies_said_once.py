"""Each vocabulary stands in one place: no list, set, mapping or class elsewhere spells two of its terms or more.

What follows from a term is keyed by the term itself (`Stance.DENIES`), so that another one cannot be forgotten unseen.
"""

import ast
import enum
import inspect
import pathlib
from collections.abc import Iterator

import pytest

from archive import terms as of_archive
from archive.models import choices as archive_choices
from incidents import terms as of_incidents
from incidents.models import choices as incident_choices

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for app in ("archive", "incidents", "benchmarks")
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts and path.name != "terms.py"
]
VOCABULARIES = {
    name: [member.code if isinstance(member, of_archive.Level) else member.value for member in found]
    for module in (of_archive, of_incidents)
    for name, found in vars(module).items()
    if inspect.isclass(found) and issubclass(found, enum.Enum) and found.__module__ == module.__name__
}

# What these words mean elsewhere: units of time, columns of models, kinds of records and of files, names in sentences.
OTHERWISE = {
    "DatePrecision": {"day", "week", "month", "year"},
    "Aspect": {"place", "facility_type"},
    "Followed": {"incidents", "articles"},
    "Relation": {"part", "whole"},
    "Spoken": {"incident", "passage", "article", "actor", "facility", "town", "source"},
}


def spelt(node: ast.AST) -> list[ast.expr | None]:
    """What a literal lists, what keys it has, what a class assigns, or what a pattern matches."""
    match node:
        case ast.List(elts) | ast.Tuple(elts) | ast.Set(elts):
            return list(elts)
        case ast.Dict(keys):
            return [key for key in keys if key]
        case ast.ClassDef(body=body):
            return [line.value for line in body if isinstance(line, ast.Assign)]
        case ast.MatchOr(patterns):
            return [pattern.value for pattern in patterns if isinstance(pattern, ast.MatchValue)]
        case ast.Match(cases=cases):
            return [case.pattern.value for case in cases if isinstance(case.pattern, ast.MatchValue)]
    return []


def spelt_again(source: str) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        found = spelt(node)
        words = {one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str)} - {""}
        for name, terms in VOCABULARIES.items():
            if len(words) > 1 and words <= set(terms) and not words <= OTHERWISE.get(name, set()):
                yield node.lineno, name


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_vocabulary_is_spelt_again(path):
    assert list(spelt_again(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "STANCES = ('asserts', 'denies')",
        "Q(state__in=['withdrawn', 'merged'])",
        "WORDS = {'near': 'near {}', 'part': 'part of {}'}",
        "class Stance:\n    ASSERTS = 'asserts'\n    DENIES = 'denies'",
        "match aspect:\n    case 'killed' | 'injured':\n        pass",
    ],
)
def test_vocabulary_that_is_spelt_again_is_found(source):
    assert list(spelt_again(source))


@pytest.mark.parametrize("name", sorted(set(VOCABULARIES) - {"Level", "DatePrecision"}))
def test_every_term_has_a_label_in_its_order(name):
    listed = [*vars(archive_choices).values(), *vars(incident_choices).values()]

    assert VOCABULARIES[name] in [[value for value, _ in found] for found in listed if isinstance(found, list)]
