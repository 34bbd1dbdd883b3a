"""What readers see of a report in which words are withheld: its title, its texts, its passages, without them.

Every page, file and index takes reports through here before it shows or stores anything of them. Of a report without
withheld words, which is nearly every one, each function returns what it was given.
"""

import copy
import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from archive.models import Article, Capture, Passage, TextVersion, WithheldWords
from archive.models.choices import WITHHELD_KINDS
from archive.text.withheld import Masked, Span, Withheld, holds, one_sign, spans

TOWN = "town"  # no kind that editors choose: of names below a district, where readers learn only that
LABELS = {**dict(WITHHELD_KINDS), TOWN: pgettext_lazy("withheld", "name of a place")}
IN_WEB_ARCHIVE = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/.+", re.IGNORECASE | re.ASCII)


def words_of(article: Article) -> list[Withheld]:
    """Return the words that readers may not see of an article."""
    return [Withheld(*one) for one in article.withheld]


def standing_words() -> list[Withheld]:
    """Return the words that are withheld of any report: for names that stand on pages which are of no report."""
    rows = WithheldWords.objects.filter(release=None).order_by("pk").values_list("words", "kind").distinct()
    return list(dict.fromkeys(Withheld(*one) for one in rows))


def spans_of(text: str, words: Iterable[Sequence[str]]) -> list[Span]:
    """Return where words stand that are withheld; they come as `Article.withheld` has them."""
    return spans(text, [Withheld(text, kind) for text, kind in words])


def said(kind: str) -> str:
    """What stands for withheld words, in the reader's language."""
    return _("[withheld: %(kind)s]") % {"kind": LABELS.get(kind, kind)}


def kinds(article: Article) -> list[str]:
    """Return what readers are told of the words that are withheld of an article, each kind once."""
    return list(dict.fromkeys(str(LABELS.get(one.kind, one.kind)) for one in words_of(article)))


def masked(text: str, words: Sequence[Withheld]) -> str:
    """Return a text with a sign for each stretch that is withheld."""
    found = spans(text, words)
    return Masked(text, found, said).text if found else text


def address(url: str, words: Sequence[Withheld]) -> str:
    """Return an address, or nothing where it holds the words: half an address leads nowhere."""
    return "" if holds(url, words) else url


def copied_from(url: str, words: Sequence[Withheld]) -> str:
    """Return where a copy is from, or nothing: of a report of which words are withheld, web archives have them all."""
    return "" if words and IN_WEB_ARCHIVE.fullmatch(url) else address(url, words)


def shown_article(article: Article) -> Article:
    """Return the article as readers see it: a copy, which nobody saves, where words of it are withheld."""
    words = words_of(article)
    if not words:
        return article
    shown = copy.copy(article)
    shown.title = masked(article.title, words)
    shown.authors = masked(article.authors, words)
    shown.url = address(article.url, words)
    return shown


def shown_capture(capture: Capture) -> Capture:
    """Return a copy as readers see it, which comes with its article: no name or address that holds withheld words."""
    words = words_of(capture.article)
    if not words:
        return capture
    shown = copy.copy(capture)
    shown.article = shown_article(capture.article)
    shown.original_url = copied_from(capture.original_url, words)
    shown.final_url = copied_from(capture.final_url, words)
    shown.file_name = address(capture.file_name, words)
    shown.redirects = [hop for hop in capture.redirects if not _leads_there(hop, words)]
    shown.http_headers = [header for header in capture.http_headers if not holds(str(header), words)]
    shown.warnings = [warning for warning in capture.warnings if not holds(str(warning), words)]
    shown.settings = {name: value for name, value in capture.settings.items() if not holds(f"{name} {value}", words)}
    return shown


def _leads_there(hop: Any, words: Sequence[Withheld]) -> bool:
    url = str(hop.get("url", "")) if isinstance(hop, dict) else ""
    return holds(str(hop), words) or bool(IN_WEB_ARCHIVE.fullmatch(url))


def shown_text(text: TextVersion, article: Article) -> Masked:
    """Return the text as readers see it, with where its places are."""
    return Masked(text.text, spans(text.text, words_of(article)), said)


def is_cut(text: TextVersion, article: Article) -> bool:
    """Whether words of this text are withheld; reads the text only where some of its article are."""
    words = words_of(article)
    return bool(words) and bool(spans(text.text, words))


def shown_passages(passages: Iterable[Passage]) -> list[Passage]:
    """Return passages, which come with text and article, as readers see them: at most one query more.

    Positions count a withheld stretch as one code point, so that its length is not told.
    """
    passages = list(passages)
    cut = {one.text_version_id: one.text_version.article for one in passages if one.text_version.article.withheld}
    if not cut:
        return passages
    texts = dict(TextVersion.objects.filter(pk__in=cut).order_by().values_list("pk", "text"))
    found = {pk: spans(texts[pk], words_of(article)) for pk, article in cut.items()}
    return [
        shown_passage(one, texts[one.text_version_id], found[one.text_version_id])
        if one.text_version_id in cut
        else one
        for one in passages
    ]


def shown_passage(passage: Passage, text: str, found: Sequence[Span]) -> Passage:
    """Return the passage of a text in which these spans are withheld."""
    told = quoted(text, found, passage.start, passage.end, (len(passage.prefix), len(passage.suffix)))
    shown = copy.copy(passage)
    shown.start, shown.end, shown.exact, shown.prefix, shown.suffix = told
    shown.text_version = copy.copy(passage.text_version)
    shown.text_version.article = shown_article(passage.text_version.article)
    return shown


def quoted(
    text: str, found: Sequence[Span], start: int, end: int, around: tuple[int, int] = (0, 0)
) -> tuple[int, int, str, str, str]:
    """Return start, end, words, and so many code points before and behind them (``around``), as readers see them.

    What is withheld counts as one code point there too: how far the context reaches does not tell how long it is.
    """
    before, after = around
    words, counted = Masked(text, found, said), Masked(text, found, one_sign)
    first, last = counted.at(start), counted.at(end, is_end=True)
    return (
        first,
        last,
        words.between(start, end),
        words.between(counted.origin(max(0, first - before)), start),
        words.between(end, counted.origin(last + after, is_end=True)),
    )


def without_signs(text: str) -> str:
    """Return a text for the index of search: the signs that stand for words are no words of it."""
    return _signs().sub(" █ ", text)


@cache
def _signs() -> re.Pattern[str]:
    """The signs in every language that a record may have been written in."""
    every = set()
    for language in ("en", "ar"):
        with override(language):
            every |= {said(kind) for kind in LABELS}
    return re.compile("|".join(map(re.escape, sorted(every))))
