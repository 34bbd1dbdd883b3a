"""Feeds: well formed whatever the texts hold."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from archive.web.atom import Entry, atom

ATOM = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2024, 5, 3, 12, 0, 0, 123456, tzinfo=UTC)


@given(title=st.text(min_size=1), summary=st.text())
def test_any_text_can_be_written(title, summary) -> None:
    entry = Entry(id="/a/", path="/a/v1/", title=title, summary=summary, updated_at=NOON)

    root = ET.fromstring(atom(title=title, path="/a.atom", list_path="/a/", entries=[entry]).content)

    assert root.findtext(f"{ATOM}entry/{ATOM}updated") == "2024-05-03T12:00:00+00:00"


def test_summary_is_text_not_markup() -> None:
    entry = Entry(id="/a/", path="/a/", title="<b>", summary="1 < 2 & <script>", updated_at=NOON)

    root = ET.fromstring(atom(title="A", path="/a.atom", list_path="/a/", entries=[entry]).content)

    assert root.findtext(f"{ATOM}entry/{ATOM}summary") == "1 &lt; 2 &amp; &lt;script&gt;"
