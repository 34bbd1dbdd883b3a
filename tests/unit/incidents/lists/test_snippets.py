"""What a search shows of a record: one quote, or one sentence."""

from incidents.lists.snippets import fullest_line


def test_fullest_line_is_one_language_with_its_hits() -> None:
    text = "A mill burned.\nاحترقت المطحنة.\nThe mill by the mill."

    assert fullest_line(text, [(2, 6), (22, 29), (35, 39), (47, 51)]) == (
        "The mill by the mill.",
        [(4, 8), (16, 20)],
    )
    assert fullest_line(text, [(22, 29)]) == ("احترقت المطحنة.", [(7, 14)])


def test_fullest_line_of_equals_is_the_first() -> None:
    assert fullest_line("One mill.\nTwo mills.", [(4, 8), (14, 19)]) == ("One mill.", [(4, 8)])
