"""Typing into forms as a person does, losing the login, and what the browser keeps meanwhile."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

PASSWORD = "A quiet word of 20 letters"  # of people in tests
NOTICE = "What you had typed on"
# What the page itself adds, or what stands for its state and not for what was typed.
OWN = {"csrfmiddlewaretoken", "kept_as", "shown", "began", "text_sha256", "_save", "_continue"}
FORM = "form[method=post]:not(#logout-form):not(#changelist-form):has(p.submit, .submit-row, .submit)"
Typed = dict[str, list[str]]

LIST = """form => [...form.elements].filter(field => field.checkVisibility() || field.matches('.admin-autocomplete'))
  .map(field => ({name: field.name, id: field.id, type: field.type, kind: field.className, text: field.value,
    options: [...(field.options ?? [])].map(option => option.value)}))"""
READ = """form => { const said = {};
  for (const [name, value] of new FormData(form)) (said[name] ??= []).push(value);
  return said }"""


def kept(page: Page) -> list[str]:
    """The names of all that the browser keeps."""
    names: list[str] = page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('typed.'))")
    return names


def stored(page: Page) -> str:
    """All that lies in the browser's storage, as one text."""
    text: str = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    return text


def said(form: Locator) -> Typed:
    """What the form would send, but for what is not typed."""
    sent: Typed = form.evaluate(READ)
    return {name: values for name, values in sent.items() if name not in OWN and "password" not in name}


def wait_until_kept(page: Page, number: int = 1) -> None:
    page.wait_for_function(
        "number => Object.keys(localStorage).filter(name => name.startsWith('typed.')).length >= number", arg=number
    )
    page.wait_for_timeout(150)  # the last key of several


def wait_until_nothing_is_kept(page: Page) -> None:
    """What is saved is forgotten by a script of the next page, a moment after the page is there."""
    page.wait_for_function("!Object.keys(localStorage).some(name => name.startsWith('typed.'))")


def sign_in(page: Page, username: str) -> None:
    expect(page).to_have_url(re.compile("/admin/login/"))
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def expire() -> None:
    """End every login on the server, as time would."""
    Session.objects.all().delete()


def fill(page: Page, form: Locator) -> None:
    """Type something into each field that a form shows, by the kind of its field."""
    for field in form.evaluate(LIST):
        # Of an embargo only, and another visibility is chosen here; the last state has no answer, and one is written.
        if field["id"] in ("id_public_from", "id_state"):
            continue
        place = form.locator(f"[id='{field['id']}']")
        value = VALUES.get(field["type"], lambda field: "")(field)
        if "admin-autocomplete" in field["kind"]:
            choose(page, place)
        elif field["type"] == "select-one":
            for option in [option for option in field["options"] if option][-1:]:
                place.select_option(option)
        elif field["type"] == "checkbox":
            place.set_checked(not place.is_checked())
        elif value:
            place.fill(value)


def choose(page: Page, field: Locator) -> None:
    """Choose the first of what a list offers that asks the server."""
    field.locator("xpath=following-sibling::span[contains(@class, 'select2')]").click()
    option = page.locator(".select2-results__option--highlighted[role=option]")
    option.first.click()


def text_for(field: dict[str, Any]) -> str:
    kind, name = field["kind"], field["name"]
    if "vDate" in kind or name.endswith(("published_on", "_joined_0")):
        return "2019-11-25"
    if "vTime" in kind or name.endswith("_1"):
        return "10:20:30"
    if "vInteger" in kind or name.endswith(("position", "mended_in")):
        return "4"
    if name == "language":
        return "ar"
    if name == "url" or "vURL" in kind or field["type"] == "url":
        return f"https://example.org/{name}"
    if name == "address":
        return "https://example.org/{}"
    if "slug" in name:
        return f"typed-by-hand-{name}"
    return "typed.by.hand" if name == "username" else f"Typed by hand into {name}"


VALUES: dict[str, Callable[[dict[str, Any]], str]] = {
    "text": text_for,
    "textarea": text_for,
    "url": text_for,
    "email": lambda field: "somebody@example.org",
    "number": lambda field: "4",
    "password": lambda field: PASSWORD,
}
