"""What the archive is, and by which rules its facts follow from its claims."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from archive import about_texts, dates
from archive.gazetteer import reported_spellings
from archive.lists.filter_words import in_words
from archive.localisation import localised
from incidents.assessment import RULES, Rule
from incidents.formats import licences
from incidents.presentation.glossary import GROUPS
from incidents.presentation.method_example import example
from incidents.presentation.plain_rules import CHAPTERS

# Dates that show the rule `date_certain`.
EXAMPLES = (
    "2019-11-25", "2024-12-02~", "2019-07-04?", "2019-07-04%", "2016-05", "2016-05~", "2016-21~", "2016~",
    "2016-05-18/2016-05-20", "2016-05-18~/2016-05-20", "2016-05-18/..",
)  # fmt: skip


def about(request: HttpRequest) -> HttpResponse:
    """Say what the archive is and who answers for it."""
    return render(request, "incidents/about.html", {"parts": about_texts.parts(), "licence": licences.RECORDS})


def glossary(request: HttpRequest) -> HttpResponse:
    """Say what the words of the archive mean."""
    return render(request, "incidents/glossary.html", {"groups": GROUPS})


def method(request: HttpRequest) -> HttpResponse:
    """Tell how reports become facts, with an example, and print the rules that `incidents.assessment` follows."""
    by_key = {rule.key: rule for rule in RULES}
    titles = {key: localised(rule.title, rule.title_ar) for key, rule in by_key.items()}
    chapters = [
        {
            "key": chapter.key,
            "heading": chapter.heading,
            "rules": [told(by_key[key], plain) for key, plain in chapter.rules.items()],
        }
        for chapter in CHAPTERS
    ]
    shown = {
        "chapters": chapters,
        "titles": titles,
        "example": example(),
        "examples": examples(),
        "fewest_reports": reported_spellings.FEWEST,
        "is_one_person": settings.ONE_PERSON_ARCHIVE,
    }
    return render(request, "incidents/method.html", shown)


def told(rule: Rule, plain: Any) -> dict[str, Any]:
    """Return a rule as the page prints it: in plain words, and exactly."""
    title, text = localised(rule.title, rule.title_ar), localised(rule.text, rule.text_ar)
    return {"key": rule.key, "title": title, "text": text, "plain": plain}


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
