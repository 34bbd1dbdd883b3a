"""The part of a place in its sentence. All sentences are made up for these tests; they tell of no event."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.mentions import MentionFinder
from archive.mentions.sites import Part, main_sites, sites
from archive.names.surroundings import Context
from archive.text.sentences import LONGEST_PIECE
from tests.factories import gazetteer


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> MentionFinder:
    return MentionFinder(gazetteer.index(tmp_path_factory.mktemp("gazetteer")))


def parts(text: str, finder: MentionFinder) -> list[tuple[str, str]]:
    return [(site.pcode or site.region, site.part.value) for site in sites(text, finder)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit the market of Kafranbel.", [("C4068", "attack")]),
        (
            "Three people died in the town of Kafranbel in Idlib province.",
            [("C4068", "attack"), ("SY07", "containing")],
        ),
        ("A lawyer from Saraqeb told us that bombs fell on Kafranbel.", [("C3916", "speaker"), ("C4068", "attack")]),
        ("A man from Saraqeb was killed by a shell.", [("C3916", "attack")]),
        ("The Idlib Health Directorate counted the dead.", [("C3871", "speaker")]),
        ("Shelling wounded five, who were taken to a hospital in Saraqeb.", [("C3916", "treated")]),
        ("Jets that took off from Raqqa bombed Kafranbel.", [("C5710", "origin"), ("C4068", "attack")]),
        ("Those who fled from Douma were bombed in Kafranbel.", [("C2338", "mentioned"), ("C4068", "attack")]),
        ("The army seized Douma.", [("C2338", "mentioned")]),
        ("Nearly 200 were killed in Aleppo in late April.", [("C1007", "earlier")]),
        ("Bombs fell on Kafranbel, 60 km south of Aleppo.", [("C4068", "attack"), ("C1007", "containing")]),
        (
            "A shell fell on Saraqeb while people of Kafranbel kept the feast.",
            [("C3916", "attack"), ("C4068", "mentioned")],
        ),
        ("Rockets fell on Eastern Ghouta.", [("Ghouta", "attack")]),
        ("They met in Kafranbel.", [("C4068", "mentioned")]),
        ("قصفت الطائرات مدينة كفرنبل في محافظة إدلب", [("C4068", "attack"), ("SY07", "containing")]),
        ("قال ناشط من دوما إن القصف طال كفرنبل", [("C2338", "speaker"), ("C4068", "attack")]),
        ("نقل الجرحى إلى مستشفى في دوما", [("C2338", "treated")]),
        ("سقطت قذائف على الغوطة الشرقية", [("Ghouta", "attack")]),
    ],
)
def test_sites_tell_the_part_of_each_place(finder: MentionFinder, text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text, finder) == expected


def test_a_region_has_no_code_but_its_governorates(finder: MentionFinder) -> None:
    (site,) = sites("Shells fell on Jabal al-Zawiya.", finder)

    assert (site.pcode, site.candidates, site.governorates, site.is_certain) == ("", (), ("SY07",), False)


@pytest.mark.parametrize(
    ("text", "pcode"),
    [
        ("A bakery burned in the village of Salhiyeh in the Raqqa countryside.", "C4541"),
        ("A bakery burned in the village of Salhiyeh in Idlib province.", "C4192"),
        ("In Raqqa's village of Salhiyeh a bakery burned.", "C4541"),
        ("احترق فرن في قرية الصالحية بريف الرقة", "C4541"),
        ("احترق فرن في قرية الصالحية في محافظة إدلب", "C4192"),
    ],
)
def test_the_unit_named_beside_a_place_says_which_is_meant(finder: MentionFinder, text: str, pcode: str) -> None:
    assert pcode in {site.pcode for site in sites(text, finder)}


def test_the_context_says_which_place_is_meant(finder: MentionFinder) -> None:
    text = "A bakery burned in the village of Salhiyeh."

    found = {sites(text, finder, Context(habitual=(pcode,)))[0].pcode for pcode in ("SY07", "SY11")}

    assert found == {"C4192", "C4541"}


def test_a_name_said_to_lie_where_none_of_its_places_is_gives_the_unit(finder: MentionFinder) -> None:
    (site, _aleppo) = sites("A shell hit the village of Ghota in Aleppo province.", finder)

    assert site.pcode != "C5728"
    assert not site.is_certain


@pytest.mark.parametrize(
    "text", ["Kurdish fighters were killed.", "SANA said a shell fell.", "Shells fell in the East."]
)
def test_words_that_are_no_places_are_none(finder: MentionFinder, text: str) -> None:
    assert sites(text, finder) == []


def test_main_sites_begin_with_what_the_report_is_about(finder: MentionFinder) -> None:
    text = (
        "Shells kill four in Kafranbel. The dead were two women and two men, people in Kafranbel said."
        " Last year strikes on Aleppo killed more."
    )

    found = main_sites(sites(text, finder))

    assert [(site.pcode, site.part) for site in found] == [("C4068", Part.ATTACK), ("C1007", Part.EARLIER)]


@given(
    st.lists(
        st.sampled_from(["Kafranbel", "in", "Idlib", "province", ",", "bombed", ".", "الغوطة", "from", "\n", "was"])
    )
)
def test_sites_stand_in_order_inside_their_sentences(finder: MentionFinder, pieces: list[str]) -> None:
    text = " ".join(pieces)

    found = sites(text, finder)

    ends = [0, *(site.end for site in found)]
    for site, end in zip(found, ends, strict=False):
        assert end <= site.start < site.end
        assert site.sentence[0] <= site.start < site.end <= site.sentence[1]
        assert text[site.start : site.end] == site.exact


@given(st.text(max_size=80))
def test_sites_never_raise(finder: MentionFinder, text: str) -> None:
    sites(text, finder)


def test_a_list_of_places_without_a_full_stop_is_read(finder: MentionFinder) -> None:
    """It took minutes: each place was compared with all others, and its sentence read anew."""
    found = sites("Shells fell on " + "Kafranbel, " * 2_000 + "in Idlib province", finder)

    assert (len(found), found[0].part, found[0].has_casualties) == (2_001, Part.ATTACK, False)
    assert max(site.sentence[1] - site.sentence[0] for site in found) <= LONGEST_PIECE
