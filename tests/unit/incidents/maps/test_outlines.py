"""The file of outlines that the archive comes with, and what is drawn of it."""

import itertools
import json
from pathlib import Path

import pytest
from django.conf import settings

from incidents.maps.outlines import Outlines, outlines, read_outlines
from incidents.maps.projection import Frame

WHOLE, PART = Frame(3500.0, -4050.0, 900.0, 675.0), Frame(3640.0, -3950.0, 60.0, 45.0)


def test_every_unit_has_an_outline_and_room_for_its_name() -> None:
    units = outlines().units.values()

    assert {level: sum(unit.level == level for unit in units) for level in (0, 1, 2)} == {0: 1, 1: 14, 2: 62}
    assert all(unit.spots and unit.outline(is_coarse=True) for unit in units)


def test_names_of_what_lies_around_are_in_both_languages() -> None:
    named = [one for one in (*outlines().abroad, *outlines().waters) if one.name_en]

    assert {"Turkey", "Iraq", "Jordan", "Lebanon", "Mediterranean Sea"} <= {one.name_en for one in named}
    assert all(any("\u0600" < letter < "\u06ff" for letter in one.name_ar) for one in named)


def test_what_is_drawn_of_a_part_is_less_and_finer() -> None:
    whole, part = outlines().land(WHOLE), outlines().land(PART)

    assert len("".join((part.abroad, part.country, part.first, part.second))) < 3_000
    assert len("".join((whole.abroad, whole.country, whole.first))) < 16_000
    assert part.second
    assert not whole.second


def test_borders_are_drawn_once() -> None:
    arcs = outlines().unit_arcs.found

    segments = [frozenset(pair) for fine, _coarse in arcs for pair in itertools.pairwise(fine)]

    assert len(segments) == len(set(segments))


@pytest.mark.parametrize("made", [Outlines({}), read_outlines("/nowhere.json")])
def test_archive_without_outlines_draws_none(made: Outlines) -> None:
    assert made.land(WHOLE).country == ""
    assert made.country is None
    assert (made.credits, made.towns, made.shape("SY", WHOLE)) == ([], {}, "")


def test_file_is_as_its_readme_says() -> None:
    document = json.loads(Path(settings.MAP_OUTLINES).read_text(encoding="utf-8"))

    assert set(document) == {"sources", "region", "abroad", "units", "waters", "towns"}
