"""A migration that adds a rule stops at rows that break it, and names them."""

import pytest
from django.db import connection

from archive.obstacles import SHOWN, ObstacleError, refuse_while
from tests.factories.archive import SourceFactory

pytestmark = pytest.mark.django_db


def look(query: str) -> None:
    with connection.schema_editor() as schema_editor:
        refuse_while(query, "A source is kept. Close it.").code(None, schema_editor)


def test_nothing_stands_in_the_way() -> None:
    look("SELECT slug FROM archive_source")


@pytest.mark.parametrize(("count", "more"), [(1, ""), (SHOWN, ""), (SHOWN + 1, " and others")])
def test_rows_in_the_way_are_named(count: int, more: str) -> None:
    slugs = [SourceFactory().slug for _ in range(count)]

    with pytest.raises(ObstacleError) as refused:
        look("SELECT slug FROM archive_source ORDER BY id")

    assert str(refused.value) == f"A source is kept. Close it. It is so of {', '.join(slugs[:SHOWN])}{more}."
