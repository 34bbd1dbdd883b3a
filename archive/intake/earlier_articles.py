"""Restoring what an article said earlier of itself, as a new correction. Captures, texts and words are not touched.

Who may read it is no part of that: it is restored by itself, on purpose, so that nobody opens or closes an article by
mending its title.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from archive.history.tracked import RESTORED, WHY
from archive.intake import embargoes
from archive.intake.corrections import CORRECTABLE, METADATA, CorrectionError, correct_article, refuse_wrong
from archive.locking import StaleRowError, acting, lock_row
from archive.models import Article, User
from archive.terms import Visibility
from archive.typed_numbers import typed_number
from archive.versions import events_of

PERMISSION = "archive.change_article"
LINE = "article"  # what the history calls the article itself
WHO_MAY_READ = "visibility"  # what is restored by itself: how it is open, why, and until when
OPENNESS = (Visibility.WITHHELD, Visibility.EMBARGOED, Visibility.PUBLIC)


class ArticleStateError(Exception):
    """An earlier state that cannot be restored; the message is for the editor."""


@dataclass(frozen=True, slots=True)
class ArticlePlan:
    """What restoring would do now: ``then`` is the event that says what was said, ``fields`` what is said otherwise.

    ``apart`` is what else was otherwise, and is not restored with it: who may read it, or all but that.
    """

    article: Article
    then: Any
    fields: list[str]
    apart: list[str]
    obstacles: list[str]

    @property
    def at(self) -> datetime:
        at: datetime = self.then.pgh_created_at
        return at

    @property
    def changes(self) -> dict[str, Any]:
        return {name: getattr(self.then, name) for name in self.fields}

    @property
    def digest(self) -> str:
        seen = (self.article.pk, self.article.lock_version, self.then.pgh_id, self.fields)
        return sha256(repr(seen).encode()).hexdigest()

    def lacks_right(self, user: User) -> bool:
        """To show readers more than they see now takes the right to publish, as in the form of the article."""
        needed = [PERMISSION]
        if ("visibility" in self.fields and self.shows_more) or (
            "public_from" in self.fields and self.then.public_from
        ):
            needed.append(settings.PERMISSION_TO_PUBLISH)
        return not user.has_perms(needed)

    @property
    def shows_more(self) -> bool:
        now, then = self.article.visibility, self.then.visibility
        return OPENNESS.index(Visibility(then)) > OPENNESS.index(Visibility(now))


def plan_article(article: Article, *, to: str, only: str = "") -> ArticlePlan | None:
    """What leads to the state that the event ``to`` (`article.12`) left; None where the article has no such event.

    With ``only`` as WHO_MAY_READ that alone is restored, else all but that.
    """
    line, _point, key = to.partition(".")
    event = typed_number(key)
    if line != LINE or event is None:
        return None
    events = events_of(Article)._default_manager.select_related("source")
    then = events.filter(pgh_obj_id=article.pk, pgh_id=event).first()
    if then is None:
        return None
    columns = {name: Article._meta.get_field(name).attname for name in CORRECTABLE}  # type: ignore[union-attr]
    unlike = [name for name, column in columns.items() if getattr(article, column) != getattr(then, column)]
    fields = [name for name in unlike if (name in METADATA) == (only != WHO_MAY_READ)]
    apart = [name for name in unlike if name not in fields]
    return ArticlePlan(article, then, fields, apart, obstacles(article, then, fields, apart))


def obstacles(article: Article, then: Any, fields: list[str], apart: list[str]) -> list[str]:
    """Why it cannot be said again, in words; empty when it can."""
    if not fields and set(apart) - set(METADATA):
        return [_("What is said of it is so now: there is nothing to restore but who may read it.")]
    if not fields:
        return [_("It is so now: there is nothing to restore.")]
    try:
        refuse_wrong(article, {name: getattr(then, name) for name in fields})
    except CorrectionError as error:
        return list(error.errors.values())
    return []


def restore_article(article: Article, *, by: User, reason: str, to: str, seen: str, only: str = "") -> Article:
    """Let an article say again what it said after a change.

    ``only`` is as in `plan_article`, ``seen`` the digest of the plan that was shown.

    Raises `StaleRowError`, `ArticleStateError` (no reason, or what is in the way), `CorrectionError` and
    `PermissionDenied`.
    """
    if not reason.strip():
        raise ArticleStateError(_("Say why it is restored: the history keeps it."))
    foreseen = plan_article(article, to=to, only=only)
    if foreseen is None or foreseen.digest != seen:
        raise StaleRowError(article)
    with pghistory.context(**{WHY: reason.strip(), RESTORED: foreseen.at.isoformat()}), acting(by):
        current = lock_row(Article, article.pk, seen=foreseen.article.lock_version)
        plan = plan_article(current, to=to, only=only)
        if plan is None or plan.digest != seen:
            raise StaleRowError(current)
        if plan.lacks_right(by):
            raise PermissionDenied
        if plan.obstacles:
            raise ArticleStateError(" ".join(plan.obstacles))
        restored = correct_article(current, by=by, seen=current.lock_version, **plan.changes)
        if plan.changes.get("public_from"):
            embargoes.plan(restored)
    return restored
