"""Rows, citations and marks of the map with markup in every text: pages show it as text."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from archive.articles.listed_articles import ListedArticle
from archive.marks import render_highlights
from archive.models import Article, Source
from archive.web.citations import Citation, Line, parts
from incidents.lists.map.marks import Mark, Piece
from incidents.maps.canvas import Canvas, Marked
from incidents.maps.orientation import wish
from incidents.maps.projection import Frame
from incidents.presentation.rows import Row, Who

HOSTILE = "\"><script>alert('x')</script>&"
SHOWN = "&quot;&gt;&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;&amp;"


def safe(html: str, times: int) -> None:
    assert "<script>" not in html
    assert html.count(SHOWN) == times


def test_row_of_an_incident_is_text() -> None:
    texts = dict.fromkeys(
        ("title", "occurred", "occurred_from", "place", "place_other", "place_note", "killed", "injured"), HOSTILE
    )
    row = Row(
        code="b", version=1, scope="attack", place_pcode="C1", struck=[], who=[Who(HOSTILE, True)], reports=1, **texts
    )

    html = render_to_string("components/incident_rows.html", {"rows": [row], "caption": HOSTILE})

    safe(html, len(texts) + 2)


def test_addresses_in_rows_are_quoted() -> None:
    row = Row(HOSTILE, 1, "attack", "t", "", "", "p", "", HOSTILE, "", [], [], "", "", 1)

    html = render_to_string("components/incident_rows.html", {"rows": [row], "caption": ""})

    assert html.count("/%22%3E%3Cscript%3Ealert%28%27x%27%29%3C%2Fscript%3E%26/") == 2
    safe(html, 0)


def test_row_of_an_article_is_text() -> None:
    article = Article(public_id="a1", title=HOSTILE, language=HOSTILE, source=Source(slug="s", name_en=HOSTILE))
    row = ListedArticle(article, render_highlights(HOSTILE, []), render_highlights(HOSTILE, []))

    html = render_to_string("archive/parts/article_rows.html", {"rows": [row]})

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 6


def test_citation_is_text() -> None:
    line = Line("APA", HOSTILE, parts(f"{HOSTILE} https://archive.example/<b> {HOSTILE}"))
    citation = Citation("", [line], [(HOSTILE, HOSTILE)])

    html = render_to_string("components/citation.html", {"citation": citation})

    assert '<bdi dir="ltr">https://archive.example/&lt;b&gt;</bdi>' in html
    safe(html, 5)


def test_mark_of_the_map_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidents.maps.orientation.labels_by_key", dict)
    piece = Piece(0, HOSTILE, HOSTILE, 3, HOSTILE, 0.0, 0.0, 4.0, 2.0)
    mark = Mark("C1", HOSTILE, HOSTILE, HOSTILE, 1234, 1200, 5678, HOSTILE, 1.5, -2.25, [piece])
    names = [wish(HOSTILE, "mark", [(1.5, -2.25)], gap=8.0, instead="1")]
    canvas = Canvas(Frame(-400, -300, 800, 600), marked=Marked((), names), has_inset=False)
    drawing = SimpleNamespace(
        canvas=canvas,
        frame=canvas.frame,
        marks=[mark],
        wide=[mark],
        narrow=[mark],
        is_of_towns=True,
        rings=[],
        keys=[("part", 0, HOSTILE)],
        rules=[HOSTILE],
        table_caption=HOSTILE,
        unit_name=HOSTILE,
        is_split=True,
        is_summable=True,
        legend=[],
        subject=HOSTILE,
    )

    html = render_to_string("incidents/parts/town_map.html", {"map": drawing})
    table = render_to_string("incidents/parts/town_table.html", {"map": drawing})

    assert 'transform="translate(1.5 -2.25)"' in html
    assert "<script>" not in html + table
    assert html.count("&lt;script&gt;") == 10
    assert table.count(SHOWN) == 8
    assert '<data value="1234">1,234</data></td><td class="number">1,200</td><td class="number">34</td>' in table
    assert '<td class="number">5,678</td>' in table
