"""The lines of the history of an article: what it is said to be, its copies, texts, passages, and withheld words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from archive.history.divisions import divisions
from archive.history.entries import Entry
from archive.history.pages import Line
from archive.history.tracked import TrackedLine
from archive.history.written import WrittenLine
from archive.models import (
    Article,
    ArticleAssignment,
    ArticleReading,
    ArticleTag,
    CustodyEvent,
    FoundVerdict,
    Passage,
    ReleasedWords,
    TextChoice,
    TextJudgement,
    WithheldWords,
)
from archive.row_history import FieldChange
from archive.terms import CustodyAct
from archive.versions import events_of

# Of what is given out and checked the log of custody tells; nothing of the article changes by it.
NO_CHANGES = (CustodyAct.EXPORTED, CustodyAct.VERIFIED, CustodyAct.STAMPED)
WITH_REASONS = (CustodyAct.TEXT_JUDGED, CustodyAct.TEXT_CHOSEN)  # told by rows of their own, which say why
WORDS = gettext_lazy("words of the report")


class ArticleLine(TrackedLine):
    labels = {
        "title": gettext_lazy("Title"),
        "source": gettext_lazy("Source"),
        "url": gettext_lazy("Address"),
        "authors": gettext_lazy("Authors"),
        "language": gettext_lazy("Language"),
        "published_on": gettext_lazy("Published on"),
        "visibility": gettext_lazy("Who may read it"),
        "visibility_reason": gettext_lazy("Why they may not"),
        "public_from": gettext_lazy("Embargoed until"),
    }
    untold = ("metadata_origin", "withheld")  # the latter follows from the rows of words


@dataclass(frozen=True)
class WithheldLines:
    """Words that were withheld, and shown again; ``is_told``: the reader may know why."""

    article: Article
    is_told: bool

    def lines(self) -> Iterable[Line]:
        withheld = WithheldWords.objects.filter(article=self.article)
        released = ReleasedWords.objects.filter(withheld__article=self.article).select_related("withheld")
        label = gettext_lazy("withheld words")
        yield WrittenLine("withheld", label, withheld, self.withheld, "created_at", "created_by")
        again = gettext_lazy("words shown again")
        yield WrittenLine("released", again, released, self.released, "created_at", "created_by")

    def withheld(self, row: WithheldWords) -> Entry:
        kind = FieldChange(_("What readers are told"), "", str(row.get_kind_display()))
        reason = row.reason if self.is_told else ""
        return Entry("withheld", str(WORDS), _("withheld"), row.words, (kind,), reason, is_beginning=True)

    def released(self, row: ReleasedWords) -> Entry:
        reason = row.reason if self.is_told else ""
        return Entry("released", str(WORDS), _("shown again"), row.withheld.words, (), reason)


def lines_of(article: Article, *, may_see_withheld: bool) -> list[Line]:
    assigned = events_of(ArticleAssignment)._default_manager.filter(article=article)
    tagged = events_of(ArticleTag)._default_manager.filter(article=article)
    passages = (
        Passage.objects.filter(text_version__article=article).select_related("text_version").defer("text_version__text")
    )
    verdicts = FoundVerdict.objects.filter(found__text_version__article=article)
    log = CustodyEvent.objects.filter(article=article).exclude(event__in=(*NO_CHANGES, *WITH_REASONS))
    log = log.exclude(capture=None, text_version=None)  # who may read the article is told by its fields
    log = log.select_related("article", "capture", "text_version").defer("text_version__text")
    return [
        ArticleLine(
            "article",
            gettext_lazy("the article itself"),
            gettext_lazy("article"),
            events_of(Article)._default_manager.filter(pgh_obj=article),
            is_restored=True,
        ),
        WrittenLine("custody", gettext_lazy("copies and texts"), log, kept),
        *editors_words(article),
        WrittenLine(
            "passage", gettext_lazy("passages"), passages, marked(article), "created_at", "created_by", joins=False
        ),
        WrittenLine(
            "found",
            gettext_lazy("passages in later texts"),
            verdicts.select_related("found__passage"),
            judged,
            "created_at",
            "created_by",
            joins=False,
        ),
        *WithheldLines(article, may_see_withheld).lines(),
        *divisions(assigned, tagged),
        WrittenLine(
            "reading",
            gettext_lazy("read in vain"),
            ArticleReading.objects.filter(article=article).select_related("text_version").defer("text_version__text"),
            read,
            joins=False,
        ),
    ]


def editors_words(article: Article) -> Iterable[Line]:
    """What editors said of texts: whether they are an article, and which is the current one."""
    of_texts: dict[str, Any] = {"text_version__article": article}
    judged_texts = TextJudgement.objects.filter(**of_texts).select_related("text_version").defer("text_version__text")
    chosen = TextChoice.objects.filter(**of_texts).select_related("text_version").defer("text_version__text")
    label = gettext_lazy("whether texts are articles")
    yield WrittenLine("judgement", label, judged_texts, said_to_be, "created_at", "created_by", joins=False)
    label = gettext_lazy("choice of the current text")
    yield WrittenLine("choice", label, chosen, chosen_again, "created_at", "created_by", joins=False)


def said_to_be(row: TextJudgement) -> Entry:
    what = _("text %(number)s") % {"number": row.text_version.number}
    action = row.get_flag_display() if row.flag else pgettext_lazy("a text", "an article")
    return Entry("judgement", what, str(action), reason=row.reason)


def chosen_again(row: TextChoice) -> Entry:
    what = _("text %(number)s") % {"number": row.text_version.number}
    return Entry("choice", what, _("made the current text again"), reason=row.reason)


def kept(row: CustodyEvent) -> Entry:
    """What became of a copy or a text."""
    if row.text_version:
        what = _("text %(number)s") % {"number": row.text_version.number}
        return Entry("custody", what, str(row.get_event_display()), href=text_page(row), link=_("Read it"))
    assert row.capture
    name = row.capture.file_name or row.capture.final_url or row.capture.original_url or row.capture.bytes_id[:12]
    href = reverse("capture", args=[row.capture.bytes_id])
    return Entry("custody", _("copy"), str(row.get_event_display()), name, href=href, link=_("Look at it"))


def text_page(row: CustodyEvent) -> str:
    """The text at the desk; of a later one what differs from the one before, word by word."""
    assert row.article
    assert row.text_version
    number = row.text_version.number
    if number == 1:
        return f"{reverse('desk:article', args=[row.article.public_id])}?text=1"
    return f"{reverse('desk:changes', args=[row.article.public_id])}?from={number - 1}&to={number}"


def marked(article: Article) -> Any:
    def tell(row: Passage) -> Entry:
        number = row.text_version.number
        said = FieldChange(_("Words"), "", row.exact)
        href = f"{reverse('desk:article', args=[article.public_id])}?text={number}#p{row.public_id}"
        marked_as = pgettext_lazy("a passage", "marked")
        return Entry(
            "passage", _("passage"), str(marked_as), changes=(said,), href=href, link=_("Look at it"), is_beginning=True
        )

    return tell


def judged(row: FoundVerdict) -> Entry:
    said = FieldChange(_("Words"), "", row.found.passage.exact)
    what = _("passage in a later text")
    return Entry("found", what, str(row.get_verdict_display()), changes=(said,), reason=row.reason, is_beginning=True)


def read(row: ArticleReading) -> Entry:
    what = _("text %(number)s") % {"number": row.text_version.number}
    return Entry("reading", what, str(row.get_verdict_display()), reason=row.reason)
