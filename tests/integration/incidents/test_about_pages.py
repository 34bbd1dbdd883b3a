"""Who answers for the archive, what its words mean, and how reports become facts."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from archive import about_texts
from archive.models import AboutText
from archive.terms import AboutPart
from incidents.assessment import RULES, assess
from incidents.presentation.glossary import GROUPS
from incidents.presentation.method_example import CLAIMS, example
from incidents.presentation.plain_rules import CHAPTERS
from incidents.views.about import method
from tests.factories.people import person
from tests.integration.incidents.conftest import signed_in

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.text


def test_about_says_plainly_what_the_operator_has_not_said(client: Client, settings) -> None:
    settings.CONTACT_EMAIL = ""
    page, arabic = text_of(client, "/about/"), text_of(client, "/ar/about/")

    assert "The operator of this archive has not said who answers for it." in page
    assert "لم يذكر القائمون على هذا الأرشيف من هو المسؤول عنه." in arabic
    for part in AboutPart:
        assert f'id="{part.value}"' in page
    for address in ("/about/method/", "/about/glossary/", "/corrections/", "/corrections/report/"):
        assert f'href="{address}"' in page
        assert f'href="/ar{address}"' in arabic
    settings.CONTACT_EMAIL = "desk@archive.example"
    assert 'href="mailto:desk@archive.example"' in text_of(client, "/about/")


def test_about_says_whether_a_second_person_publishes(client: Client, settings) -> None:
    assert "a reviewer who had no part in it" in text_of(client, "/about/")
    assert "A second person, who had no part in it" in text_of(client, "/about/method/")
    settings.ONE_PERSON_ARCHIVE = True
    assert "one person may enter and publish" in text_of(client, "/about/")
    assert "A second person" not in text_of(client, "/about/method/")


def test_an_administrator_writes_who_answers_for_it(client: Client) -> None:
    desk = signed_in(person("Administrator"))
    assert signed_in(person("Editor")).get(reverse("admin:archive_abouttext_changelist")).status_code == 403
    assert not AboutText.objects.exists()
    desk.get(reverse("admin:archive_abouttext_changelist"))
    row = AboutText.objects.get(part="organisation")
    assert AboutText.objects.count() == len(AboutPart)
    address = reverse("admin:archive_abouttext_change", args=[row.pk])
    form = desk.get(address).context["adminform"].form
    written = {
        "text_en": "The Barn Trust <b>runs</b> it.\n\nWrite to desk@barn.example or see https://barn.example/.",
        "text_ar": "",
        "lock_version": form["lock_version"].value(),
        "compared_with": form["compared_with"].value() or "",
    }

    assert desk.post(address, written).status_code == 302
    page = text_of(client, "/about/")
    assert "The Barn Trust &lt;b&gt;runs&lt;/b&gt; it.</p>" in page
    assert '<a href="https://barn.example/" rel="nofollow">' in page
    assert '<a href="mailto:desk@barn.example">' in page
    assert "has not said who answers for it" not in page
    assert "The Barn Trust" in text_of(client, "/ar/about/")
    assert "Barn Trust" in desk.get(reverse("admin:archive_abouttext_history", args=[row.pk])).text
    assert signed_in(person("Editor")).post(address, written).status_code == 403


def test_every_part_says_something(settings) -> None:
    assert [part.key for part in about_texts.parts()] == [part.value for part in AboutPart]
    assert all(part.text.strip() for part in about_texts.parts())


def test_glossary_explains_each_word_once(client: Client) -> None:
    terms = [term for group in GROUPS for term in group.terms]
    english, arabic = text_of(client, "/about/glossary/"), text_of(client, "/ar/about/glossary/")

    assert len({term.key for term in terms}) == len(terms)
    for term in terms:
        assert f'id="term-{term.key}"' in english
    assert len(re.findall("<dt", arabic)) == len(re.findall("<dd", arabic)) == len(terms)
    for wanted in ("Incident", "Version", "Passage", "Copy", "Log of custody", "Certain; possible", "Statement"):
        assert wanted in english


def test_method_has_plain_words_for_every_rule(client: Client) -> None:
    told = [key for chapter in CHAPTERS for key in chapter.rules]

    assert sorted(told) == sorted(rule.key for rule in RULES)
    page = text_of(client, "/about/method/")
    assert len(re.findall(r"<summary>The exact rule</summary>", page)) == len(RULES) + 1
    assert method.__doc__


def test_the_example_is_worked_out_by_the_rules_and_labelled(client: Client) -> None:
    page = text_of(client, "/about/method/")
    facts = assess(CLAIMS)

    assert not facts.occurred.is_contested
    assert not facts.killed.headline.is_contested
    assert example() == ("night of 27 November 2019", "3–5", True, True)
    assert "Invented for this page" in page
    for shown in ("night of 27 November 2019", ">3–5<", "Marked as disputed", "Not known. Not zero."):
        assert shown in page
    for anchor in re.findall(r'href="#([a-z_]+)"', page):
        assert f'id="{anchor}"' in page
