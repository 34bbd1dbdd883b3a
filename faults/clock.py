"""Clocks that jump an hour either way, at the end of an embargo.

The database's own clock does not jump; that of the web process does, by what `django.utils.timezone.now` gives. The
embargo ends tomorrow, in real time at the database. An hour ahead, the web process believes that tomorrow is here.
"""

from datetime import UTC, datetime, timedelta
from unittest import mock

from faults import pages
from faults.result import Result
from faults.sites import FULL, Site

HOUR = timedelta(hours=1)


def jump(site: Site) -> list[Result]:
    ahead = Result("clock of the web process an hour ahead, half an hour before an embargo ends")
    behind = Result("clock of the web process an hour behind, half an hour after the beginning of the day")
    with site.trial(FULL) as name:
        site.ask(name, ends_tomorrow)
        ahead.tries = behind.tries = len(pages.SEEN) + len(pages.SECRETS)
        ahead.count("leaked", site.ask(name, lambda: seen_at(beginning_of_tomorrow() - HOUR / 2 + HOUR)))
        behind.count("leaked", site.ask(name, lambda: seen_at(beginning_of_tomorrow() + HOUR / 2 - HOUR)))
    for one in (ahead, behind):
        one.note = "addresses asked; injected into the process, the database's clock is right"
    return [ahead, behind]


def beginning_of_tomorrow() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def ends_tomorrow() -> bool:
    """The secret report's embargo has a day now."""
    from archive import intake  # noqa: PLC0415 (after the settings)
    from archive.models import Article  # noqa: PLC0415

    article = Article.objects.get(title__contains=pages.SECRETS[0])
    day = beginning_of_tomorrow().date()
    intake.correct_article(article, by=None, seen=article.lock_version, public_from=day)
    return True


def seen_at(moment: datetime) -> list[str]:
    """Name the addresses that show a secret word while the process believes that it is then."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        return pages.leaks()
