"""What follows from a new text: the places that it mentions, and its row in the search index."""

from collections.abc import Collection, Iterator, Sequence

from archive import search
from archive.gazetteer_index import everything
from archive.mentions import Span
from archive.models import Mention, TextVersion

LONGEST_MENTION = 200  # code points
MENTIONS_AT_ONCE = 5_000


def note_mentions(texts: Sequence[TextVersion]) -> None:
    """Find and store the places that new texts mention; the texts are saved."""
    if texts:
        find = everything().finder.find  # once a batch: each call asks whether the gazetteer has changed
        mentions = [mention for text in texts for span in find(text.text) for mention in _mentions(text, span)]
        Mention.objects.bulk_create(mentions, batch_size=MENTIONS_AT_ONCE)


def index(article_ids: Collection[int]) -> None:
    """Make what lists and search read of these articles."""
    if article_ids:
        search.index_articles(sorted(article_ids))


def _mentions(text: TextVersion, span: Span) -> Iterator[Mention]:
    if len(span.exact) > LONGEST_MENTION:
        return
    for rank, candidate in enumerate(span.candidates):
        yield Mention(
            text_version=text,
            place_id=candidate.place_id,
            start=span.start,
            end=span.end,
            exact=span.exact,
            score=candidate.score,
            is_best=rank == 0,
        )
