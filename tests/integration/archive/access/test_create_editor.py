"""`manage.py create_editor`: accounts without the admin, the first one too."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from archive.models import User
from incidents import vocabularies
from tests.factories.people import ROLES

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles() -> None:
    vocabularies.load_roles(vocabularies.read(ROLES))


def create(*arguments: str) -> str:
    told = StringIO()
    call_command("create_editor", *arguments, stdout=told)
    return told.getvalue()


@pytest.mark.parametrize(
    ("given", "role"), [("Editor", "Editor"), ("reviewer", "Reviewer"), ("Administrator", "Administrator")]
)
def test_the_password_that_is_shown_signs_in(roles: None, given: str, role: str) -> None:
    told = create("anna", "--role", given, "--email", "anna@archive.example")
    password = re.search(r"^anna \(\w+\): password (\S{20})$", told, re.MULTILINE)[1]

    answer = Client().post("/admin/login/", {"username": "anna", "password": password})

    assert answer.status_code == 302
    user = User.objects.get(username="anna")
    assert [group.name for group in user.groups.all()] == [role]
    assert user.is_superuser is (role == "Administrator")
    assert user.email == "anna@archive.example"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["anna", "--role", "Boss"], "There is no role “Boss”. Roles are Editor, Reviewer, Administrator."),
        (["ANNA"], "There is a user “ANNA” already; nothing was changed."),
        (["anna b"], "username: "),
        (["\0"], "username: "),
        (["x" * 200], "username: "),
        (["berta", "--email", "nothing"], "email: "),
    ],
)
def test_what_cannot_be_is_refused_clearly(roles: None, arguments: list[str], told: str) -> None:
    create("anna")

    with pytest.raises(CommandError, match=re.escape(told)):
        create(*arguments)

    assert User.objects.count() == 1


def test_roles_come_first() -> None:
    with pytest.raises(CommandError, match="load_vocabularies"):
        create("anna")
