"""A real Chromium against a live server; skipped with the reason where there is none."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

# Playwright's loop runs in this thread: without this Django refuses the database to the tests beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Opener = Callable[..., Page]
expect.set_options(timeout=15_000)  # as for actions: the machine may be busy


def chromium() -> str | None:
    """The Chromium to drive: what CHROMIUM names, or the first on the path."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if os.environ.get("BROWSER_REQUIRED"):
            pytest.fail("BROWSER_REQUIRED is set and no Chromium is on the path")
        pytest.skip("no Chromium on the path: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Opener]:
    """Return what opens an address of the site: ``open_page("/", width=390, scheme="dark", javascript=False)``.

    Without an address the page is empty: for who signs in first, or goes through many.
    """
    contexts: list[BrowserContext] = []

    def opener(path: str = "", *, width: int = 1280, scheme: str = "light", javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=javascript,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if path:
            page.goto(path)
        return page

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture
def browser_page(open_page: Opener) -> Page:
    """A page that is still empty."""
    return open_page()
