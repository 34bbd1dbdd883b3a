"""Saving in the admin: nobody overwrites a colleague, corrections go by the services."""

from typing import Any

import pytest
from django.test import Client

from archive.models import Article, Source
from tests.factories.archive import (
    ArticleFactory,
    SourceFactory,
    TextVersionFactory,
)
from tests.integration.incidents.conftest import page

pytestmark = pytest.mark.django_db


def source_form(source: Source, **changes: Any) -> dict[str, Any]:
    names = ("name_en", "name_ar", "kind", "text_policy", "homepage", "licence", "note")
    return {**{name: getattr(source, name) for name in names}, "lock_version": source.lock_version, **changes}


def test_admin_stale_save_refused_with_both_versions_shown(editor_client: Client) -> None:
    source = SourceFactory(name_en="Herald", note="")
    mine = source_form(source, name_en="Mill Herald", note="Mine")
    Source.objects.filter(pk=source.pk).update(name_en="Weir Herald")

    response = editor_client.post(page("archive.source", "change", source.pk), mine)

    assert response.status_code == 200
    source.refresh_from_db()
    assert (source.name_en, source.note) == ("Weir Herald", "")
    (conflict,) = response.context["conflicts"]
    assert [(one.before, one.now, one.entered) for one in conflict.clashes] == [
        ("Herald", "Weir Herald", "Mill Herald")
    ]
    assert [(one.before, one.entered) for one in conflict.kept] == [("", "Mine")]
    assert 'value="Mill Herald"' in response.text
    assert f'name="compared_with" value="{source.lock_version}"' in response.text


def test_admin_save_without_the_version_refused(editor_client: Client) -> None:
    source = SourceFactory(note="")
    sent = source_form(source, note="Mine")
    del sent["lock_version"]

    editor_client.post(page("archive.source", "change", source.pk), sent)

    source.refresh_from_db()
    assert source.note == ""


def test_admin_article_corrected_through_the_service(editor_client: Client) -> None:
    text = TextVersionFactory(article=ArticleFactory(title="Untitled", metadata_origin={"title": "opening words"}))
    article = text.article

    response = editor_client.post(
        page("archive.article", "change", article.pk), article_form(article, title="The mill")
    )

    article.refresh_from_db()
    assert response.status_code == 302
    assert (article.title, article.metadata_origin["title"]) == ("The mill", "editor")


def article_form(article: Article, **changes: Any) -> dict[str, Any]:
    formset = {f"captures-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}
    kept = {name: getattr(article, name) for name in ("title", "url", "authors", "language", "visibility")}
    return {
        **formset,
        **kept,
        "source": article.source_id or "",
        "published_on": article.published_on or "",
        "visibility_reason": article.visibility_reason,
        "lock_version": article.lock_version,
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visibility": "embargoed"}, "visibility_reason"),
        ({"url": "ftp://herald.example/x"}, "url"),
        ({"title": ""}, "title"),
    ],
)
def test_admin_article_wrong_values_beside_their_field(
    editor_client: Client, changes: dict[str, str], field: str
) -> None:
    article = TextVersionFactory().article

    response = editor_client.post(page("archive.article", "change", article.pk), article_form(article, **changes))

    assert field in response.context["adminform"].form.errors
