"""What a search found in the words that an incident rests on, as far as readers may read them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from archive import marks, search
from incidents.models import Edition
from incidents.presentation.rows import Row
from incidents.record.redaction import redacted_all
from incidents.record.whole import IncidentRecord

SNIPPET = 200  # code points
PARTS = ("code", "summary", "articles", "passages")  # of a record, in which words are looked for


def with_snippets(rows: Sequence[Row], editions: Sequence[int], query: search.Query) -> list[Row]:
    """Mark what was found in these rows, in their titles and in the place among their quotes that has the most of it.

    `editions` are theirs, by id. Three queries, whatever their number."""
    if not query.phrases:
        return list(rows)
    found = Edition.objects.filter(pk__in=editions).order_by().values_list(*(f"content__{part}" for part in PARTS))
    cited = [content for values in found if (content := part_of_record(values))["passages"]]
    quotes = {content["code"]: readable_words(content) for content in redacted_all(cited)}
    titles = [row.title for row in rows]
    texts = [quotes.get(row.code, "") for row in rows]
    spans = query.spans([*titles, *texts])
    return [
        replace(
            row,
            title=marks.render_highlights(row.title, in_title),
            snippet=marks.snippet(*fullest_line(text, in_text), SNIPPET) if in_text else None,
        )
        for row, text, in_title, in_text in zip(rows, texts, spans[: len(rows)], spans[len(rows) :], strict=True)
    ]


def fullest_line(text: str, found: Sequence[search.Span]) -> tuple[str, list[search.Span]]:
    """Return the line (a quote, or a sentence in one language) with the most of what was found, and where it stands."""
    lines = []
    start = 0
    for line in text.split("\n"):
        lines.append((line, [(first - start, last - start) for first, last in found if 0 <= first - start < len(line)]))
        start += len(line) + 1
    return max(lines, key=lambda one: len(one[1]))


def part_of_record(values: Sequence[Any]) -> IncidentRecord:
    """The record with only PARTS of it: what redaction and `readable_words` look at."""
    return cast(IncidentRecord, dict(zip(PARTS, values, strict=True)))


def readable_words(content: IncidentRecord) -> str:
    """The summary and the quotes of a record, each on its line."""
    sentences = [sentence[key] for sentence in content["summary"] for key in ("text_en", "text_ar")]
    quotes = [passage["exact"] for passage in content["passages"].values()]
    return "\n".join(dict.fromkeys(text for text in (*sentences, *quotes) if text))
