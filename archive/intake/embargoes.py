"""Embargoes that end by themselves, on the day that somebody gave them.

Until then nothing of the report is public; then everything that follows from its visibility (rows of lists, search,
records that cite it, stamps of caches) changes in one transaction, as when an editor lifts it. A task of the worker
does it at the beginning of that day in UTC; `manage.py lift_embargoes` does what no worker did.
"""

from datetime import UTC, date, datetime, time

from django.utils import timezone
from django_tasks import task

from archive.intake.corrections import correct_article
from archive.locking import StaleRowError
from archive.models import Article
from archive.terms import Visibility


def lift_ended(today: date | None = None) -> list[Article]:
    """Make public what is embargoed until today (UTC) or an earlier day; return it."""
    day = today or timezone.now().astimezone(UTC).date()
    ended = Article.objects.filter(visibility=Visibility.EMBARGOED, public_from__lte=day).order_by("pk")
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
        begins = datetime.combine(article.public_from, time(), UTC)
        lift_on_its_day.using(run_after=begins).enqueue()


@task()
def lift_on_its_day() -> None:
    lift_ended()
