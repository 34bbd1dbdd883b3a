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
