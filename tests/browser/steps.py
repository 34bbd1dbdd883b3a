"""What a reader does to get something done, counted; with PICTURES=folder each state is kept as a picture."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.accessibility import violations

PICTURES = os.environ.get("PICTURES")


class Steps:
    """What a reader does, counted: following a link, typing, choosing, pressing a button."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.taken = 0

    def do(self, act: Any) -> None:
        act()
        self.taken += 1
        self.page.wait_for_load_state()
        found = violations(self.page)
        assert found == "", found
        width = self.page.viewport_size["width"]  # type: ignore[index]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width
        if PICTURES:
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                self.page.screenshot(path=Path(PICTURES) / f"{self.name}-{self.taken}-{scheme}.png", full_page=True)
