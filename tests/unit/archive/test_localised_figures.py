"""Figures in a line that runs from right to left."""

from django.utils import translation

from archive.localisation import figures


def test_dates_in_figures_keep_their_order_in_arabic() -> None:
    with translation.override("ar"):
        assert figures("2019-11-27") == "\u20682019-11-27\u2069"
        assert figures("") == ""
    with translation.override("en"):
        assert figures("2019-11-27") == "2019-11-27"
