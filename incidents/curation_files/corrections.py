"""Corrections of an article's metadata that a curation file brings; an editor's own correction is never undone."""

from collections.abc import Mapping
from typing import Any

from archive.models import Article, User

EDITOR = "editor"


def correct(article: Article, changes: Mapping[str, Any], *, by: User | None, reason: str) -> bool:
    """Correct the fields that no editor has corrected and that differ; return whether there were any."""
    wanted = {
        name: value
        for name, value in changes.items()
        if article.metadata_origin.get(name) != EDITOR and getattr(article, name) != value
    }
    if not wanted:
        return False
    for name, value in wanted.items():
        setattr(article, name, value)
    article.metadata_origin = {**article.metadata_origin, **dict.fromkeys(wanted, EDITOR)}
    article.save()
    return True
