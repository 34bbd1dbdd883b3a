"""Web pages on their way in by the command: what it says of them, and what is stored."""

import pytest
from django.core.management import call_command

from archive.models import Article, TextVersion
from tests.factories.web_pages import CAPTION, arabic_page, page

pytestmark = pytest.mark.django_db

LISTING = "<title>World</title><ul>" + "".join(
    f"<li><a href='/{n}'>Headline number {n} of a demonstration outlet</a></li>" for n in range(20)
)


def test_pages_go_in_and_flags_are_told(tmp_path, capsys):
    (tmp_path / "a.html").write_text(page())
    (tmp_path / "b.htm").write_bytes(arabic_page("windows-1256"))
    (tmp_path / "c.txt").write_text(LISTING)

    call_command("import_articles", str(tmp_path))

    lines = capsys.readouterr().out.splitlines()
    assert "no article?" not in lines[0] + lines[1]
    assert "(no article? listing: 100% of its words are links" in lines[2]
    assert "(it is a web page and was read as one)" in lines[2]
    assert dict(TextVersion.objects.values_list("article__title", "flag")) == {
        "Shells hit the old mill": "",
        "قذائف على المطحنة القديمة": "",
        "World": "listing",
    }
    mill = TextVersion.objects.get(article__title="Shells hit the old mill")
    assert [mill.text[start:end] for start, end in mill.captions] == [CAPTION]
    assert Article.objects.get(language="ar").texts.get().capture.encoding == "cp1256"


def test_same_pages_again_add_nothing(tmp_path):
    (tmp_path / "a.html").write_text(page())

    call_command("import_articles", str(tmp_path))
    call_command("import_articles", str(tmp_path))

    assert TextVersion.objects.count() == 1
