"""The desk in a browser as an editor who is signed in has it."""

from collections.abc import Callable

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from archive.models import TextVersion, User
from tests.factories.archive import ArticleFactory, TextVersionFactory

Open = Callable[..., Page]


def cookie_of(user: User, address: str) -> dict[str, str]:
    """The cookie of a session of somebody, for a browser at an address of the site."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": f"{address}/admin"}


def desk_path(text: TextVersion) -> str:
    return reverse("desk:article", args=[text.article.public_id])


def text_of(words: str, language: str) -> TextVersion:
    text: TextVersion = TextVersionFactory(text=words, article=ArticleFactory(language=language))
    return text


def doubtful_words(page: Page) -> str:
    """The words of passages that need a look, as the text shows them; other marks may cut them into pieces."""
    pieces = page.locator("#desk-text mark.doubtful")
    pieces.first.wait_for()
    return "".join(pieces.all_text_contents())


def drag(page: Page, words: str) -> None:
    """Drag the mouse from the first to behind the last letter of some words of the text."""
    ends = page.evaluate(
        """(words) => {
            const root = document.getElementById("desk-text");
            const letters = []; // marks cut words into several nodes
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                for (let at = 0; at < node.length; at += 1) letters.push([node, at]);
            }
            const first = letters.map(([node, at]) => node.data[at]).join("").indexOf(words);
            const isRtl = getComputedStyle(root).direction === "rtl";
            return [letters[first], letters[first + words.length - 1]].map(([node, at], isLast) => {
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + 1);
                const box = range.getBoundingClientRect();
                const x = Boolean(isLast) === isRtl ? box.left + 0.5 : box.right - 0.5;
                return { x, y: box.top + box.height / 2 };
            });
        }""",
        words,
    )
    start, end = ends
    page.mouse.move(start["x"], start["y"])
    page.mouse.down()
    page.mouse.move((start["x"] + end["x"]) / 2, end["y"], steps=4)
    page.mouse.move(end["x"], end["y"], steps=4)
    page.mouse.up()
