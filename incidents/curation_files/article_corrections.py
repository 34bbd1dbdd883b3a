"""Corrections of an article's metadata that a curation file brings; an editor's own correction is never undone."""

from collections.abc import Mapping
from typing import Any

import pghistory

from archive import intake
from archive.models import Article, User

EDITOR = "editor"


def correct(article: Article, changes: Mapping[str, Any], *, by: User | None, reason: str) -> bool:
    """Correct the fields that no editor has corrected and that differ; return whether there were any.

    The row history keeps the reason. Raises `archive.intake.CorrectionError`.
    """
    article.refresh_from_db()  # another text of the same article may have been corrected just now
    wanted = {
        name: value
        for name, value in changes.items()
        if article.metadata_origin.get(name) != EDITOR and getattr(article, name) != value
    }
    if not wanted:
        return False
    with pghistory.context(reason=reason):
        intake.correct_article(article, by=by, seen=article.lock_version, **wanted)
    return True
