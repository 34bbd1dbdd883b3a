"""Looks for the passages of articles in the texts that are current now. Passages never move: rows are added beside."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction

from archive.models import FoundAgain, Passage, TextVersion
from archive.terms import FoundBy, Whereabouts
from archive.text import anchors
from archive.texts_in_time import current_texts

TOOL = "reanchor/2"
BATCH = 50  # articles; their texts are in memory together


def follow(article_ids: Iterable[int]) -> int:
    """Look for the passages of these articles in their current texts; return how many were looked for.

    What was looked for before is left as it is, so that it can be called at any time and twice at once. Articles
    without passages cost one query together.
    """
    ids = sorted(set(article_ids))
    cited = Passage.objects.filter(text_version__article__in=ids).order_by()
    wanted = sorted(set(cited.values_list("text_version__article", flat=True))) if ids else []
    return sum(_follow(wanted[start : start + BATCH]) for start in range(0, len(wanted), BATCH))


@transaction.atomic
def _follow(ids: Sequence[int]) -> int:
    texts = {text.article_id: text for text in current_texts(ids)}
    current = [text.pk for text in texts.values()]
    known = set(FoundAgain.objects.filter(text_version__in=current).values_list("passage", "text_version"))
    passages = Passage.objects.filter(text_version__article__in=ids).exclude(text_version__in=current)
    by_text: defaultdict[int, list[Passage]] = defaultdict(list)
    for passage in passages.select_related("text_version").defer("text_version__text"):
        if (passage.pk, texts[passage.text_version.article_id].pk) not in known:
            by_text[passage.text_version_id].append(passage)
    rows = []
    for old in TextVersion.objects.filter(pk__in=by_text).iterator():
        rows += [look_for(passage, old.text, texts[old.article_id]) for passage in by_text[old.pk]]
    FoundAgain.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def look_for(passage: Passage, old_text: str, text: TextVersion) -> FoundAgain:
    """What became of a passage in another text; the row is not saved."""
    row = FoundAgain(passage=passage, text_version=text, tool=TOOL)
    selector = anchors.Selector(passage.start, passage.end, passage.exact, passage.prefix, passage.suffix)
    match anchors.reanchor(selector, old_text, text.text):
        case anchors.Ambiguous(matches):
            row.state = Whereabouts.SEVERAL
            row.candidates = [[match.start, match.end] for match in matches]
            row.score = matches[0].score
        case anchors.Match(start, end, method, score):
            row.state = Whereabouts.REVIEW if method == "needs_review" else Whereabouts.FOUND
            row.method = FoundBy.EXACT if text.text[start:end] == passage.exact else FoundBy.NEARLY
            row.start, row.end, row.score = start, end, score
        case _:
            row.state = Whereabouts.GONE
    return row
