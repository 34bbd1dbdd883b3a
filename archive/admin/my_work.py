"""My work, the first page after signing in: sections of what waits for somebody.

What else waits for editors (errors that readers report, …) gets a section by `register`, wherever it is kept.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from archive import dates, following, work
from archive.localisation import localised
from archive.models import Article, FoundAgain, User

SHOWN = 6  # of each section; all of one up to MOST
MOST = 100
COUNTED = 1_000  # beyond, the page says "more than"


@dataclass(frozen=True, slots=True)
class Item:
    """A thing to do: its name, where it is done, and what is known of it."""

    name: str
    address: str
    about: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The first items of a section and how many there are; ``is_more``: more than that."""

    items: list[Item]
    count: int
    is_more: bool = False


Find = Callable[[User, str, int], Found]


@dataclass(frozen=True, slots=True)
class Section:
    """``find`` takes the user, whose work is asked for (see `WHOSE`) and how many items; ``nothing`` says that there is
    none. ``everything`` leads to the list of all, ``permission`` says who has the section at all. ``order``: the lower,
    the higher up.
    """

    key: str
    heading: Any
    nothing: Any
    permission: str
    find: Find
    order: int = 50
    everything: Callable[[], str] | None = None
    is_divided: bool = False


WHOSE = {"": _("Anybody's"), "me": _("Mine"), "nobody": _("Nobody's yet")}
SECTIONS: dict[str, Section] = {}


def register(section: Section) -> None:
    SECTIONS[section.key] = section


def from_rows(rows: QuerySet[Any], item: Callable[[Any], Item], limit: int) -> Found:
    """Two queries: the first rows as items, and how many there are, up to `COUNTED`."""
    return found_in([item(row) for row in rows[:limit]], rows)


def found_in(items: list[Item], rows: QuerySet[Any]) -> Found:
    count = rows.order_by()[: COUNTED + 1].count()
    return Found(items, min(count, COUNTED), count > COUNTED)


def divided(rows: QuerySet[Any], user: User, whose: str) -> QuerySet[Any]:
    """Those of the rows that are assigned to the user, or to nobody, as ``whose`` says."""
    match whose:
        case "me":
            return rows.filter(assignment__user=user)
        case "nobody":
            return rows.filter(assignment=None)
    return rows


@dataclass(frozen=True, slots=True)
class Shown:
    section: Section
    found: Found
    everything: str = field(default="")


def shown_to(request: HttpRequest) -> dict[str, Any]:
    """The sections that the user may see, each with what it holds: ``?show=`` one alone, ``?whose=`` whose work."""
    user = request.user
    assert isinstance(user, User)
    whose = request.GET.get("whose", "")
    whose = whose if whose in WHOSE else ""
    wanted = SECTIONS.get(request.GET.get("show", ""))
    mine = [one for one in sorted(SECTIONS.values(), key=lambda one: one.order) if user.has_perm(one.permission)]
    chosen = [one for one in mine if (wanted is None or one is wanted) and (one.is_divided or not whose)]
    limit = MOST if wanted else SHOWN
    return {
        "work": [
            Shown(one, one.find(user, whose, limit), one.everything() if one.everything else "") for one in chosen
        ],
        "one_section": wanted,
        "whose": whose,
        "whose_choices": list(WHOSE.items()),
    }


def reading(article: Article) -> Item:
    source = article.source
    name = localised(source.name_en, source.name_ar) if source else gettext("source not known")
    day = describe_day(article.published_on) if article.published_on else gettext("no date")
    about = pgettext("list of names", ", ").join([name, day])
    return Item(article.title, reverse("desk:article", args=[article.public_id]), about)


def describe_day(day: date) -> str:
    return dates.describe(dates.parse(day.isoformat()), get_language() or "en")


def unread(user: User, whose: str, limit: int) -> Found:
    rows = divided(work.unread(), user, whose)
    return found_in([reading(row) for row in work.in_reading_order(rows.select_related("source"), limit)], rows)


def assigned(user: User, whose: str, limit: int) -> Found:
    rows = Article.objects.filter(assignment__user=user).select_related("source").order_by("-assignment__at", "-pk")
    return from_rows(rows, reading, limit)


def changed(user: User, whose: str, limit: int) -> Found:
    rows = following.to_look_at()

    def item(row: FoundAgain) -> Item:
        address = reverse("desk:passage", args=[row.pk])
        return Item(row.passage.exact[:120], address, f"{row.get_state_display()}: {row.text_version.article.title}")

    shown = rows.select_related("passage", "text_version__article").defer("text_version__text")
    return found_in([item(row) for row in shown[:limit]], rows)


def articles(query: str) -> Callable[[], str]:
    return lambda: f"{reverse('admin:archive_article_changelist')}?{query}"


OWN: Iterable[Section] = (
    Section(
        "articles",
        _("Articles assigned to me"),
        _("No article is assigned to you."),
        "archive.change_article",
        assigned,
        order=25,
        everything=articles("assigned=me"),
    ),
    Section(
        "unread",
        _("Unread articles"),
        _("Every article has a marked passage, or an editor's word that nothing is in it."),
        "archive.change_article",
        unread,
        order=60,
        everything=articles("todo=unread"),
        is_divided=True,
    ),
    Section(
        "changed",
        _("Texts that changed"),
        _("No passage waits for a look."),
        "incidents.add_claim",
        changed,
        order=40,
        everything=lambda: reverse("desk:passages"),
    ),
)
for one in OWN:
    register(one)
