"""How a card is laid out: nothing runs out of it, whatever its words."""

import pytest
from django.utils import translation

from incidents.cards.card import BASE, CUT, EDGE, HEIGHT, SIZES, WIDTH, Card, fitted

TITLES = [
    "A",
    "Air strikes on Kiwan and Amal hospitals, Kansafra, 25 November 2019",
    "Air strikes and shelling " * 12,
    "x" * 500,
    "قصف مدفعي على مستشفى الروضة للتوليد والأطفال، كفر نبل، ليلة 27 تشرين الثاني/نوفمبر 2019",
    "قصف مدفعي على مستشفى " * 20,
    "",
]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_card_keeps_within_its_edges(title, language):
    with translation.override(language):
        card = Card(
            title,
            ["One line below it", "word " * 60],
            foot=["v" * 200, "archive.example/" + "f" * 99],
            kicker="k" * 200,
        )

    lines = [*card.bold, *card.plain]
    assert all(EDGE < line.y <= BASE - 25 for line in lines)
    assert [line.y for line in card.muted] == [EDGE + 4, BASE, round(BASE - 11.5 * 1.3, 1)]
    assert all(line.y < HEIGHT for line in card.muted)
    assert sorted(line.y for line in lines) == [line.y for line in lines]
    assert {(line.x, line.anchor) for line in lines} <= {(WIDTH - EDGE, "end") if language == "ar" else (EDGE, "start")}


def test_title_is_as_large_as_it_fits_and_cut_where_it_fits_in_no_size():
    assert fitted("A short one", 500, 200) == (SIZES[0], ["A short one"])
    size, parts = fitted("word " * 500, 500, 100)
    assert size == SIZES[-1]
    assert len(parts) * size < 100
    assert parts[-1].endswith(CUT)
