"""Copies and near copies of reports: noticed when a text comes in, and told to editors. Nothing follows from it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet

from archive.models import Article, NearCopy, TextSketch, TextVersion
from archive.text.sketches import RULES, Runs, Sketch, estimates, runs_of, shared, sketch_of
from archive.text_standing import standing_flag

LEAST = 0.4  # of the shorter text: see docs/adr, "Near copies are noticed by what they share"
LIKELY = 0.3  # by the sketches alone, which err
MOST = 8  # earlier reports that one text is said to be like
NEARLY_ALL = 0.8


class Candidate(NamedTuple):
    text: int
    article: int
    firsts: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Copy:
    """Another report that shares much with a text: ``share`` of the text stands there too, ``share_of_other`` of that
    one here.
    """

    article: Article
    text: TextVersion
    share: float
    share_of_other: float

    @property
    def is_whole(self) -> bool:
        """Whether both say all that the other says, in whatever order."""
        return self.share == self.share_of_other == 1

    @property
    def is_near(self) -> bool:
        return min(self.share, self.share_of_other) >= NEARLY_ALL

    @property
    def percent(self) -> int:
        return percent(self.share)

    @property
    def percent_of_other(self) -> int:
        return percent(self.share_of_other)


def percent(share: float) -> int:
    """In whole numbers; 100 only of all of it."""
    return min(round(share * 100), 100 if share == 1 else 99)


def note_copies(texts: Sequence[TextVersion]) -> int:
    """Sketch stored texts that have no sketch, and note what they share with those of other articles; return how many
    pairs were noted. What is too short to tell is left out; what is no article is not to be asked about.
    """
    taken = {text.pk: (text, runs_of(text.text)) for text in texts}
    sketches = {pk: sketch for pk, (_text, runs) in taken.items() if (sketch := sketch_of(runs)) is not None}
    TextSketch.objects.bulk_create(
        [
            TextSketch(text_version_id=pk, bands=made.bands, firsts=made.firsts, size=made.size, rules=RULES)
            for pk, made in sketches.items()
        ]
    )
    found: dict[tuple[int, int], NearCopy] = {}
    for pk, sketch in sketches.items():
        text, runs = taken[pk]
        for pair in near_copies(text, runs, sketch):
            found.setdefault((pair.text_id, pair.other_id), pair)
    NearCopy.objects.bulk_create(found.values(), ignore_conflicts=True)
    return len(found)


def near_copies(text: TextVersion, runs: Runs, sketch: Sketch) -> list[NearCopy]:
    """The pairs of a text with the texts that are nearest to it, one an article."""
    nearest = likely(text, sketch)
    texts = TextVersion.objects.in_bulk([one.text for one in nearest])
    pairs = []
    for one in nearest:
        shares = shared(runs, runs_of(texts[one.text].text))
        if max(shares) >= LEAST:
            pairs.append(pair_of(text.pk, one.text, shares))
    return pairs


def likely(text: TextVersion, sketch: Sketch) -> list[Candidate]:
    """Texts of other articles that may share much, the likeliest first; of an article the one that may share most."""
    rows = TextSketch.objects.filter(bands__overlap=sketch.bands, rules=RULES)
    rows = rows.exclude(text_version__article=text.article_id).order_by("text_version")
    columns = rows.values_list("text_version", "text_version__article", "firsts", "size")
    found = [Candidate(pk, article, bytes(firsts), size) for pk, article, firsts, size in columns]
    if not found:
        return []
    shares = estimates(sketch, [one.firsts for one in found], [one.size for one in found])
    ranked = sorted(zip(shares, found, strict=True), key=lambda pair: -pair[0])
    by_article: dict[int, Candidate] = {}
    for share, one in ranked:
        if share >= LIKELY:
            by_article.setdefault(one.article, one)
    return list(by_article.values())[:MOST]


def pair_of(text: int, other: int, shares: tuple[float, float]) -> NearCopy:
    """The pair with the later text first."""
    of_text, of_other = shares if text > other else shares[::-1]
    return NearCopy(text_id=max(text, other), other_id=min(text, other), shared=of_text, shared_of_other=of_other)


def without_sketch() -> QuerySet[TextVersion]:
    """Texts of articles, as far as anybody can tell, that nobody has looked at yet; those that are too short to tell
    stay among them.
    """
    return TextVersion.objects.alias(believed=standing_flag()).filter(sketch=None, believed="").order_by("pk")


def copies_among(articles: Collection[int]) -> list[tuple[Article, Copy]]:
    """The pairs of these reports that share much, the most first: the later, and what it shares with the earlier; of
    two reports the pair that was noticed last. One query.
    """
    if len(articles) < 2:
        return []
    pairs = with_articles(NearCopy.objects.filter(text__article__in=articles, other__article__in=articles))
    latest = {frozenset((pair.text.article_id, pair.other.article_id)): pair for pair in pairs.order_by("pk")}
    found = [
        (pair.text.article, Copy(pair.other.article, pair.other, pair.shared, pair.shared_of_other))
        for pair in latest.values()
    ]
    return sorted(found, key=lambda pair: (-max(pair[1].share, pair[1].share_of_other), pair[1].text.pk))


def with_articles(pairs: QuerySet[NearCopy]) -> QuerySet[NearCopy]:
    return pairs.select_related("text__article__source", "other__article__source").defer("text__text", "other__text")


def copies_of(text: TextVersion) -> list[Copy]:
    """The other reports that a text shares much with, the most first; of each, its latest text that was compared."""
    pairs = with_articles(NearCopy.objects.filter(Q(text=text) | Q(other=text)))
    by_article: dict[int, Copy] = {}
    for pair in sorted(pairs, key=lambda pair: other_of(pair, text).number):
        other = other_of(pair, text)
        shares = (pair.shared, pair.shared_of_other)
        of_text, of_other = shares if pair.text_id == text.pk else shares[::-1]
        by_article[other.article_id] = Copy(other.article, other, of_text, of_other)
    return sorted(by_article.values(), key=lambda copy: (-max(copy.share, copy.share_of_other), copy.text.pk))


def other_of(pair: NearCopy, text: TextVersion) -> TextVersion:
    return pair.other if pair.text_id == text.pk else pair.text
