"""Whether readers may see a report today: the one rule, said for Python and for SQL.

A public report is open. An embargoed one is open from the day on that somebody gave it, whoever has written that down
by then: days are those of UTC. Whatever asks whether readers may see a report asks here, at the moment of asking.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from archive.terms import Visibility

# `open_rows` where SQL is written by hand and a day too late or too early shows nothing: ``r`` is the row.
OPEN_ROWS = "(r.is_public OR r.public_from <= (now() AT TIME ZONE 'UTC')::date)"


def today() -> date:
    """The day by which embargoes end."""
    return timezone.now().astimezone(UTC).date()


def beginning(day: date) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time(), UTC)


def seconds_left() -> int:
    """How many seconds this day still has, at least 0: no answer is kept beyond it, as an embargo may end with it."""
    now = timezone.now().astimezone(UTC)
    return int((beginning(now.date() + timedelta(days=1)) - now).total_seconds())


def is_open(visibility: str, public_from: date | None) -> bool:
    """Whether readers may see an article that has these values."""
    return visibility == Visibility.PUBLIC or has_ended(visibility, public_from)


def has_ended(visibility: str, public_from: date | None) -> bool:
    """Whether it is the day alone that opens the article: nobody has made it public."""
    return visibility == Visibility.EMBARGOED and public_from is not None and public_from <= today()


def open_articles(path: str = "") -> Q:
    """The articles that readers may see; ``path`` leads to them, as `text_version__article__`."""
    return Q(**{f"{path}visibility": Visibility.PUBLIC}) | ended(path)


def ended(path: str = "") -> Q:
    """The articles that the day alone has opened."""
    return Q(**{f"{path}visibility": Visibility.EMBARGOED, f"{path}public_from__lte": today()})


def open_rows() -> Q:
    """The rows of lists whose articles readers may see: `is_public` and `public_from` follow the article by trigger."""
    return Q(is_public=True) | Q(public_from__lte=today())
