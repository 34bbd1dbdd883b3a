"""What the archive is, and by which rules its facts follow from its claims."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from archive import dates
from archive.gazetteer import reported_spellings
from archive.lists.filter_words import in_words
from archive.localisation import localised
from incidents.assessment import RULES

# Dates that show the rule `date_certain`.
EXAMPLES = (
    "2019-11-25", "2024-12-02~", "2019-07-04?", "2019-07-04%", "2016-05", "2016-05~", "2016-21~", "2016~",
    "2016-05-18/2016-05-20", "2016-05-18~/2016-05-20", "2016-05-18/..",
)  # fmt: skip


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "incidents/about.html")


def method(request: HttpRequest) -> HttpResponse:
    """Print the rules that `incidents.assessment` follows."""
    rules = [
        {"key": rule.key, "title": localised(rule.title, rule.title_ar), "text": localised(rule.text, rule.text_ar)}
        for rule in RULES
    ]
    shown = {"rules": rules, "examples": examples(), "fewest_reports": reported_spellings.FEWEST}
    return render(request, "incidents/method.html", shown)


def examples() -> list[dict[str, object]]:
    """Return dates with what follows from `archive.dates`: as typed, in words, when possible, whether certain then."""
    return [
        {
            "edtf": edtf,
            "words": dates.describe(when, get_language() or "en"),
            "possible": in_words(*dates.possible_days(when)),
            "is_certain": dates.certain_days(when) is not None,
        }
        for edtf, when in ((edtf, dates.parse(edtf)) for edtf in EXAMPLES)
    ]
