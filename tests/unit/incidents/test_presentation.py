import pytest
from django.utils import translation

from archive.terms import values
from incidents.presentation import fact_wording
from incidents.presentation.quotes import attribution, quote_of
from incidents.presentation.rows import row
from incidents.terms import Group

CONTENT = {
    "passages": {
        "p1": {"article": "a1", "start": 0, "end": 4, "exact": "Bang", "prefix": "", "suffix": " it went."},
        "p2": {"article": "a1", "start": 90, "end": 94, "exact": "Bang", "prefix": "x" * 32, "suffix": "y" * 32},
        "p3": {"article": "a2", "start": 0, "end": 4, "exact": None, "prefix": None, "suffix": None, "withheld": True},
    },
    "articles": {"a1": {"title": "T", "source": {"slug": "s", "name_en": "Source", "name_ar": ""}}, "a2": {}},
}


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(3, 3, "3"), (3, 5, "3–5"), (3, None, "at least 3"), (None, 5, "up to 5"), (None, None, ""), (0, 0, "0")],
)
def test_count_words(low, high, words):
    assert fact_wording.count(low, high) == words


@pytest.mark.parametrize(
    ("low", "high", "group", "words"),
    [
        (1, 1, "children", "1 child"),
        (1, None, "health_workers", "at least 1 health worker"),
        (2, 4, "people", "2–4 people"),
        (None, None, "women", "an unknown number of women"),
        (2, 2, "", "2"),
    ],
)
def test_counted_group_words(low, high, group, words):
    assert fact_wording.counted_group(low, high, group) == words


def test_every_group_of_claims_has_words():
    assert set(fact_wording.GROUPS) == set(values(Group))


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")]
)
def test_speakers_read_as_a_list(names, words):
    assert fact_wording.speakers(names) == words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"passage": "p", "stance": "asserts", "speaker": None}, "stated in the report itself"),
        ({"passage": "p", "stance": "denies", "speaker": {"name_en": "M"}}, "denied by M"),
        ({"passage": None, "stance": "disputes", "speaker": {"name_en": "M"}}, "disputed by M"),
        ({"passage": None, "stance": "asserts", "speaker": None}, ""),
    ],
)
def test_attribution_words(claim, words):
    assert attribution(claim) == words


def test_quote_has_an_ellipsis_only_where_the_text_goes_on():
    first, middle = quote_of(CONTENT, "p1"), quote_of(CONTENT, "p2")

    assert (first.prefix, first.suffix) == ("", " it went.")
    assert middle.prefix.startswith("…")
    assert middle.suffix.endswith("…")


@pytest.mark.parametrize(
    ("prefix", "suffix", "shown"),
    [
        (
            "ary written for the old mill on a",
            "fter the rain, said one of the nei",
            ("…written for the old mill on a", "fter the rain, said one of the…"),
        ),
        (
            " the whole word before a quote is",
            " kept, and the whole word after it ",
            ("… the whole word before a quote is", " kept, and the whole word after it …"),
        ),
        ("x" * 33, "y" * 33, (f"…{'x' * 33}", f"{'y' * 33}…")),
        (
            "ير الذي كتب عن المدرسة القديمة في",
            " المدينة بعد المطر في يوم الأربعا",
            ("…الذي كتب عن المدرسة القديمة في", " المدينة بعد المطر في يوم…"),
        ),
    ],
)
def test_context_of_a_quote_begins_and_ends_with_whole_words(prefix, suffix, shown):
    passage = {"article": "a1", "start": 90, "end": 94, "exact": "Bang", "prefix": prefix, "suffix": suffix}

    quote = quote_of({**CONTENT, "passages": {"p": passage}}, "p")

    assert (quote.prefix, quote.suffix) == shown


def test_quote_without_words_is_withheld():
    assert quote_of(CONTENT, "p3").withheld
    assert not quote_of(CONTENT, "p1").withheld


def test_row_pairs_names_and_disputes():
    record = {
        "code": "b1",
        "actors": ["a", "b"],
        "actor_names_en": ["A", "B"],
        "actor_names_ar": ["أ", ""],
        "actors_disputed": ["b"],
        "place_name_en": "Town",
        "place_name_ar": "بلدة",
    }

    with translation.override("ar"):
        made = row(record)

    assert [(who.name, who.is_disputed) for who in made.who] == [("أ", False), ("B", True)]
    assert (made.place, made.place_other) == ("بلدة", "Town")
    assert made.killed == ""


def test_date_that_cannot_be_read_stays_as_it_is():
    assert fact_wording.occurred({"edtf": "no date"}) == "no date"


@pytest.mark.parametrize(
    ("precision", "note"),
    [
        ("community", ""),
        ("", ""),
        ("near community", "near it"),
        ("governorate", "governorate"),
        ("part of governorate", "governorate"),
    ],
)
def test_row_says_how_exact_its_place_is(precision, note):
    assert row({"code": "b1", "place_precision": precision}).place_note == note


def test_large_counts_have_their_thousands_apart():
    assert fact_wording.count(1378, None) == "at least 1,378"


@pytest.mark.parametrize(("level", "words"), [("governorate", "Idleb governorate"), ("community", "Idleb")])
def test_placed_names_the_level_of_areas(level, words):
    assert fact_wording.placed({"name_en": "Idleb", "level": level}) == words


@pytest.mark.parametrize(
    ("edtf", "part_of_day", "precision", "words"),
    [
        ("2016-05-30/2016-05-31", "night", "days", "known to the night"),
        ("2016-05-31", "night", "day", "known to the night"),
        ("2016-05-30/2016-05-31", "", "days", "known to within a few days"),
        ("2016-05-29/2016-05-31", "night", "days", "known to within a few days"),
        ("2016-05-31", "morning", "day", "known to the day"),
    ],
)
def test_precision_of_a_night_is_the_night(edtf, part_of_day, precision, words):
    fact = {"edtf": edtf, "part_of_day": part_of_day, "precision": precision}
    assert fact_wording.date_precision(fact) == words
