"""What axe has against a page, in light and dark, by one standard for readers' pages and for those of editors."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "options => axe.run(options).then(found => found.violations)"


def violations(page: Page, *, schemes: tuple[str, ...] = ("light", "dark")) -> str:
    """Return a line for each element that breaks a rule (at most five a rule), or nothing.

    All rules run in the first scheme. A scheme changes colours and nothing else: in the others those alone are looked
    at, on the page as it stands.
    """
    reports = []
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE_SCRIPT)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.evaluate("document.getAnimations().forEach(animation => animation.finish())")  # colours fade over
        rules: list[str] = STANDARD if scheme == schemes[0] else ["color-contrast"]
        options: dict[str, Any] = {"runOnly": rules, "resultTypes": ["violations"]}
        for found in page.evaluate(RUN, options):
            reports += [f"{scheme}, {found['id']}: {told(node)}" for node in found["nodes"][:5]]
    return "\n".join(reports)


def told(node: dict[str, Any]) -> str:
    return f"{node['target']} {node['html'][:120]} {node['failureSummary']}"
