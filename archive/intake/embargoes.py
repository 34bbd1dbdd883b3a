"""Embargoes that end by themselves, on the day that somebody gave them.

Until then nothing of the report is public; from that day on (UTC) readers see it, whether anybody lifts the embargo or
not: `archive.openness` is asked at reading. To lift it is to write that down: it goes into the log, and the words of
its quotes into the index of incidents. A task of the worker does it at the beginning of the day; `manage.py
lift_embargoes` does what no worker did.
"""

from datetime import date

from django_tasks import task

from archive.intake.corrections import correct_article
from archive.locking import StaleRowError
from archive.models import Article
from archive.openness import beginning, today
from archive.terms import Visibility


def lift_ended(day: date | None = None) -> list[Article]:
    """Make public what is embargoed until a day, today (UTC) unless given, or an earlier one; return it."""
    ended = Article.objects.filter(visibility=Visibility.EMBARGOED, public_from__lte=day or today()).order_by("pk")
    return [article for article in ended if lift(article)]


def lift(article: Article) -> bool:
    """Make an article public as it was seen; False where somebody changed it meanwhile, who then decides."""
    try:
        correct_article(
            article, by=None, seen=article.lock_version, visibility=Visibility.PUBLIC.value, public_from=None
        )
    except StaleRowError:
        return False
    return True


def plan(article: Article) -> None:
    """Let the worker lift the embargo of an article when its day begins."""
    if article.public_from:
        lift_on_its_day.using(run_after=beginning(article.public_from)).enqueue()


@task()
def lift_on_its_day() -> None:
    lift_ended()
