"""People who sign in to the editors' side."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client

from archive.models import User
from incidents import vocabularies
from tests.factories.archive import UserFactory


@pytest.fixture
def editor(db: None) -> User:
    """An editor with the role that comes with the project."""
    vocabularies.load_roles(vocabularies.read(Path(settings.BASE_DIR) / "fixtures" / "vocabularies" / "roles.json"))
    user = UserFactory(is_staff=True, first_name="Edith", last_name="Or")
    user.groups.add(Group.objects.get(name="Editor"))
    return user


@pytest.fixture
def editor_client(editor: User, client: Client) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
