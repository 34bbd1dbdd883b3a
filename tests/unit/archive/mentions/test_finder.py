import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.mentions import FoundMention, MentionFinder
from archive.text.sections import sections
from tests.factories import gazetteer


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> MentionFinder:
    return MentionFinder(gazetteer.index(tmp_path_factory.mktemp("gazetteer")))


def found(spans: list[FoundMention]) -> list[tuple[str, str]]:
    return [(span.exact, span.candidates[0].pcode) for span in spans]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Shells fell on Kafranbel at noon.", [("Kafranbel", "C4068")]),
        ("The market of Kafr Nabl reopened.", [("Kafr Nabl", "C4068")]),
        ("A road leads to al-Raqqa.", [("al-Raqqa", "C5710")]),
        ("Idlib's schools closed.", [("Idlib", "C3871")]),
        ("Farmers in Idlib province waited.", [("Idlib", "SY07")]),
        ("Rain over southern Idlib.", [("Idlib", "SY07")]),
        ("A camp north of Idlib.", [("Idlib", "C3871")]),
        ("The bakery in Hass burned.", [("Hass", "C4058")]),
        (
            "They left Kafranbel, Hass and Kafr Oweid.",
            [("Kafranbel", "C4068"), ("Hass", "C4058"), ("Kafr Oweid", "C4066")],
        ),
        ("قصف على كفرنبل ليلا", [("كفرنبل", "C4068")]),
        ("وصلوا من إدلب وحلب", [("إدلب", "C3871"), ("حلب", "C1007")]),
        ("طريق بالرقة", [("الرقة", "C5710")]),
        ("بلدة حاس", [("حاس", "C4058")]),
        ("في محافظة إدلب", [("محافظة إدلب", "SY07")]),
        ("حي الشيخ مقصود", [("الشيخ مقصود", "N0123")]),
        ("في ريف دمشق", [("ريف دمشق", "SY03")]),
        ("the fields of rural Aleppo", [("Aleppo", "SY02")]),
        ("The village of Kafar Owaid is small.", [("Kafar Owaid", "C4066")]),  # in no table
        ("Beyond Kefr Nobal lie hills.", []),  # nor is this, and nothing says that it is a place
    ],
)
def test_find_names_the_place_that_is_meant(finder: MentionFinder, text: str, mentions: list[tuple[str, str]]) -> None:
    assert found(finder.find(text)) == mentions


@pytest.mark.parametrize(
    "text",
    [
        "Eastern Ghouta was under siege.",  # the region, not the village Ghota
        "الغوطة الشرقية",
        "we has waited at idlib",  # names begin with a capital
        "Hass Ibrahim said so.",  # a person
        "Hass is a bird's name.",  # a hamlet with nothing to place it
        "See example.org/Aleppo/ for more",
        "Kafranbelian customs",
        "دومًا كنا هنا",  # always, not Douma
        "وحاس بالبرد",  # a short word with a letter written on
        "",
    ],
)
def test_find_leaves_other_words_alone(finder: MentionFinder, text: str) -> None:
    assert finder.find(text) == []


def test_find_takes_a_hamlet_again_where_the_text_has_placed_it(finder: MentionFinder) -> None:
    text = "A mill in the village of Hass stopped.\nHass has no other mill."
    assert [span.start for span in finder.find(text)] == [25, 39]


def test_find_prefers_the_village_near_the_other_places(finder: MentionFinder) -> None:
    (_, village) = finder.find("From the city of Raqqa they walked to the village of Salhiyeh.")
    assert [candidate.pcode for candidate in village.candidates] == ["C4541", "C4192"]
    (_, village) = finder.find("From Saraqeb they walked to the village of Salhiyeh.")
    assert village.candidates[0].pcode == "C4192"


def test_find_scores_a_shared_name_lower_than_one_that_is_clear(finder: MentionFinder) -> None:
    shared, clear = finder.find("From Idlib to Kafranbel.")
    assert [candidate.pcode for candidate in shared.candidates] == ["C3871", "SY07"]
    assert shared.candidates[0].score < 0.9 <= clear.candidates[0].score
    assert len(clear.candidates) == 1


def test_find_counts_code_points_of_the_original(finder: MentionFinder) -> None:
    text = "😀😀 في كَفَرْ نَبْلٍ ﬁre"
    (span,) = finder.find(text)
    assert text[span.start : span.end] == span.exact == "كَفَرْ نَبْلٍ"


@given(
    st.lists(st.sampled_from(["Idlib", "كفرنبل", "in", "Hass", " ", "\n", "و", "ﷺ", "'s", ",", "😀", "-", "َ", "Kafr"]))
)
def test_find_marks_what_stands_there_without_overlap(finder: MentionFinder, pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for span in finder.find(text):
        assert text[span.start : span.end] == span.exact != ""
        assert span.start >= end
        assert span.candidates
        end = span.end


@given(st.text(max_size=80))
def test_find_never_raises(finder: MentionFinder, text: str) -> None:
    finder.find(text)


def test_find_in_a_text_of_several_sections_names_every_place_and_where_it_stands(
    finder: MentionFinder, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Shells fell on Kafranbel.\nThe bakery in Hass burned.\nRain over Aleppo.\n" * 200
    whole = finder.find(text)
    monkeypatch.setattr("archive.mentions.finder.LONGEST", 500)
    monkeypatch.setattr("archive.mentions.finder.sections", lambda text: sections(text, 500))
    monkeypatch.setattr("archive.mentions.finder.MOST_OF_A_PLACE", 1_000)

    assert finder.find(text) == whole
    monkeypatch.setattr("archive.mentions.finder.MOST_OF_A_PLACE", 3)
    assert finder.find(text) == whole[:9]
