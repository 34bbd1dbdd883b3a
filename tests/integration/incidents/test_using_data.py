"""The programs that a page shows do what it says, run as they stand. R is not run: no machine of ours has it."""

import html
import re
import subprocess
import sys

import pytest

from incidents.views import using_data
from tests.factories.small_archive import Corpus


@pytest.mark.django_db(transaction=True)
def test_python_that_is_shown_runs_as_it_stands(live_server, settings) -> None:
    settings.SITE_URL = live_server.url
    corpus = Corpus(6)
    page = live_server_page(live_server.url)
    said = []

    for code in page:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        said.append(done.stdout)

    assert len(said) == len(using_data.PYTHON)
    assert re.fullmatch(r"\d+ incidents; \d+ with a number: at least \d+ killed\n", said[0])
    assert said[1] == f"{len(corpus.incidents)} of {len(corpus.incidents)}\n"
    assert said[2].endswith("terms: CC-BY-4.0\n")


def live_server_page(site: str) -> list[str]:
    """The programs in Python, taken off the page as a reader would."""
    import urllib.request  # noqa: PLC0415

    with urllib.request.urlopen(f"{site}/about/data/use/") as answer:
        text = answer.read().decode()
    part = text.split('id="python"')[1].split('id="r"')[0]
    return [html.unescape(code) for code in re.findall(r"<code>(.*?)</code>", part, re.DOTALL)]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/about/data/use/", "/ar/about/data/use/"])
def test_page_has_every_example(client, settings, path) -> None:
    settings.SITE_URL = "https://archive.example"
    page = html.unescape(client.get(path).content.decode())

    for name, _text in (*using_data.PYTHON, *using_data.R):
        assert using_data.example(name, "https://archive.example") in page
    assert "{site}" not in page
