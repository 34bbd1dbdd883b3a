"""Rows that the tests of a module share are as they were made for each of them, and are not there for the others."""

import copy

import pytest
from django.db import connection

from archive.models import Source
from tests.factories.archive import SourceFactory
from tests.kept_rows import MakeOnce

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept_source(make_once: MakeOnce) -> Source:
    return make_once(lambda: SourceFactory(name_en="Mill Post"))


@pytest.fixture
def source(kept_source: Source) -> Source:
    return copy.deepcopy(kept_source)


@pytest.mark.parametrize("_time", range(2))
def test_what_a_test_changes_is_undone(source: Source, _time: int) -> None:
    assert [source.name_en, *Source.objects.values_list("name_en", flat=True)] == ["Mill Post"] * 2

    source.name_en = "Weir Post"
    source.save()
    SourceFactory()


@pytest.mark.parametrize("_time", range(2))
def test_others_find_nothing(_time: int) -> None:
    assert not Source.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_tests_that_commit_are_in_no_transaction() -> None:
    assert not connection.in_atomic_block
    assert not Source.objects.exists()
