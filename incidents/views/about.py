"""What the archive is, and by which rules its facts follow from its claims."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.gazetteer import labels
from archive.localisation import localised
from incidents.assessment import RULES


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "incidents/about.html")


def method(request: HttpRequest) -> HttpResponse:
    """Print the rules that `incidents.assessment` follows."""
    rules = [
        {"key": rule.key, "title": localised(rule.title, rule.title_ar), "text": localised(rule.text, rule.text_ar)}
        for rule in RULES
    ]
    return render(request, "incidents/method.html", {"rules": rules, "fewest_reports": labels.FEWEST})
