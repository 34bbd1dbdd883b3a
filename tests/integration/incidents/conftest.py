"""Clients that are signed in to the editors' side."""

import pytest
from django.test import Client

from archive.models import User
from tests.factories.people import person


@pytest.fixture
def editor(db: None) -> User:
    return person("Editor")


@pytest.fixture
def editor_client(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def administrator_client(db: None) -> Client:
    return signed_in(person("Administrator"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
