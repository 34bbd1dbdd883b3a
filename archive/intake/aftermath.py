"""What follows from a new text: the places that it mentions, its row in the search index, and its line in the log."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from archive import custody, search
from archive.copying import insert
from archive.gazetteer.index import everything
from archive.mentions import FoundMention
from archive.models import Capture, CustodyEvent, Mention, TextVersion, User
from archive.terms import CustodyAct

LONGEST_MENTION = 200  # code points


Found = Mapping[str, Sequence[FoundMention]]


def find_mentions(texts: Mapping[str, str]) -> dict[str, list[FoundMention]]:
    """What texts mention, by the sha256 of each; texts that the archive has already are left out (one query).

    This is the longest part of taking a text in: it is done before imports begin to wait for each other.
    """
    known = TextVersion.objects.filter(sha256__in=texts).order_by().values_list("sha256", flat=True)
    new = {digest: texts[digest] for digest in texts.keys() - set(known)}
    if not new:
        return {}
    find = everything().finder.find  # once a batch: each call asks whether the gazetteer has changed
    return {digest: find(text) for digest, text in new.items()}


def note_mentions(texts: Sequence[TextVersion], found: Found) -> None:
    """Store the places that new texts mention; the texts are saved. What was not `found` before is looked for now."""
    if texts:
        missing = {text.sha256: text.text for text in texts if text.sha256 not in found}
        spans = {**found, **{digest: everything().finder.find(text) for digest, text in missing.items()}}
        mentions = [mention for text in texts for span in spans[text.sha256] for mention in _mentions(text, span)]
        insert(mentions)


def index(article_ids: Collection[int]) -> None:
    """Make what lists and search read of these articles."""
    if article_ids:
        search.index_articles(sorted(article_ids))


def note_custody(
    captures: Sequence[Capture], texts: Sequence[TextVersion], *, by: User | None, restored: Collection[str] = ()
) -> None:
    """Let the log tell of new copies, of the texts drawn from them, and of lost bytes that were written again
    (``restored``, by their digests). The last thing of a transaction: see there.
    """
    received = [
        custody.event(
            CustodyAct.RECEIVED,
            by=by,
            capture=capture,
            how=capture.method,
            same_text=capture.same_text.number if capture.same_text else None,
            size=capture.size,
            tool=capture.tool,
        )
        for capture in captures
    ]
    drawn = [
        custody.event(
            CustodyAct.TEXT_CORRECTED if text.corrects_id else CustodyAct.TEXT_DRAWN,
            by=by,
            capture=text.capture,
            text=text,
            number=text.number,
            extractor=text.extractor,
            normalisation=text.normalisation,
        )
        for text in texts
    ]
    custody.append([*received, *drawn, *_restored(restored, by)])


def _restored(digests: Collection[str], by: User | None) -> list[CustodyEvent]:
    if not digests:
        return []
    captures = Capture.objects.filter(bytes__in=digests).select_related("article").order_by("pk")
    return [custody.event(CustodyAct.RESTORED, by=by, capture=one, size=one.size) for one in captures]


def _mentions(text: TextVersion, span: FoundMention) -> Iterator[Mention]:
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
