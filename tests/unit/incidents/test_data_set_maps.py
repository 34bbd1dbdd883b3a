"""Maps of data sets: what they may say, and how each mistake is told. Files of our own."""

from pathlib import Path

import pytest

from archive.readers import MappingError
from incidents.data_sets.maps import read_data_map, terms_in

ABOUT = '[data_set]\nname = "Our list"\nscheme = "our-list"\nidentifier = "id"\n'
KILLED = '[[claims]]\naspect = "killed"\ncolumn = "dead"\ngroup = "people"\n'
MAPS = Path(__file__).parents[3] / "fixtures" / "maps"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "it is empty"),
        ("[place]\n", "[data_set] is missing"),
        ("[data_set]\nname = 'A'\n", "scheme: a text is needed"),
        (ABOUT, "says of no column what it means"),
        (ABOUT + "[date]\ncolumn = 'Day'\n", "say how dates are written"),
        (ABOUT + "[date]\ncolumn = 'Day'\nformats = '%d/%m'\n", "has no year"),
        (ABOUT + "[place]\nlat = 'y'\n", "name the columns lat and lon"),
        (ABOUT + "[place]\nlat = 'y'\nlon = 'x'\nfarthest = -1\n", "write kilometres"),
        (ABOUT + "[place]\narea = 'a'\n[place.levels]\nexact = 'village'\n", "“village” is none of"),
        (ABOUT + "[place]\narea = 'a'\nwithin = 'm'\n", "only a point is known to within metres"),
        (ABOUT + "[place]\nlat = 'y'\nlon = 'x'\n[place.metres]\na = 5\n", "name the column precision"),
        (ABOUT + "[place]\nlat = 'y'\nlon = 'x'\nprecision = 'p'\n[place.metres]\na = '5'\n", "whole numbers from 1"),
        (ABOUT + "[place]\nlat = 'y'\nlon = 'x'\nprecision = 'p'\n[place.metres]\na = 0\n", "whole numbers from 1"),
        (ABOUT + "[[claims]]\naspect = 'mood'\ncolumn = 'm'\n", "“mood” is none of"),
        (ABOUT + "[[claims]]\naspect = 'killed'\ncolumn = 'dead'\n", "group: a text is needed"),
        (ABOUT + KILLED + "value = 'x'\n", "is read as a number"),
        (ABOUT + "[[claims]]\naspect = 'weapon'\ncolumn = 'w'\ngroup = 'people'\n", "“weapon” has none"),
        (ABOUT + "[[claims]]\naspect = 'weapon'\ncolumn = 'w'\n[claims.values]\nx = 'a | b'\n", "only of actors"),
        (ABOUT + "[[claims]]\naspect = 'damage'\ncolumn = 'd'\nvalue = 'gone'\n", "“gone” is none of destroyed"),
        (ABOUT + KILLED + "weight = 3\n", "weight: there is no such key"),
        (ABOUT + "scope = 'war'\n" + KILLED, "“war” is none of attack"),
        ("claims = 3\n" + ABOUT, "write [[claims]]"),
        ("\x00", "is not TOML"),
    ],
)
def test_map_that_is_wrong_says_where(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MappingError) as refusal:
        read_data_map(path)
    assert "map.toml" in str(refusal.value)
    assert told in str(refusal.value)


@pytest.mark.parametrize("path", sorted(MAPS.glob("*.toml")), ids=lambda path: path.stem)
def test_maps_that_come_with_it_can_be_read(path: Path) -> None:
    assert read_data_map(path).columns


def test_several_terms() -> None:
    assert terms_in("a & b | c & a") == [("a",), ("b", "c")]
    assert terms_in(" ") == []
