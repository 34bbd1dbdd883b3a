"""Guessing is slowed by address, and by address and name; nobody is shut out by name alone."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from archive.access.proxies import Proxies
from archive.models import User
from tests.factories.archive import PASSWORD, UserFactory
from tests.factories.authenticator import code, with_device

pytestmark = pytest.mark.django_db
SignIn = Callable[..., HttpResponse]


@pytest.fixture(autouse=True)
def behind_a_proxy(settings) -> None:
    settings.TRUSTED_PROXIES = Proxies.read(["127.0.0.1"])


@pytest.fixture
def owner(behind_a_proxy: None) -> User:
    user: User = UserFactory(username="owner", is_staff=True, is_superuser=True)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(name: str, password: str, *, address: str, client: Client | None = None) -> HttpResponse:
    """A sign-in as it comes through the proxy; whoever sends it may write a header of their own first."""
    headers = {"X-Forwarded-For": f"203.0.113.99, {address}", "User-Agent": f"browser of {password[:40]}"}
    fields = {"username": name, "password": password}
    return (client or Client()).post("/admin/login/", fields, headers=headers)


def test_the_owner_comes_in_from_elsewhere_while_an_attacker_is_refused(owner: User) -> None:
    answers = [sign_in("owner", f"guess {n}", address="198.51.100.1").status_code for n in range(12)]

    assert answers[:9] == [200] * 9
    assert answers[9:] == [429] * 3
    assert sign_in("owner", PASSWORD, address="198.51.100.1").status_code == 429
    assert sign_in("owner", PASSWORD, address="192.0.2.7").status_code == 302


def test_many_names_from_one_address_are_slowed(owner: User) -> None:
    answers = [sign_in(f"name{n}", "guess", address="198.51.100.1").status_code for n in range(40)]

    assert answers[:19] == [200] * 19
    assert answers[19:] == [429] * 21
    assert sign_in("owner", PASSWORD, address="198.51.100.1").status_code == 429
    assert sign_in("owner", PASSWORD, address="198.51.100.2").status_code == 302


def test_many_addresses_of_one_subscriber_are_one(owner: User) -> None:
    answers = [sign_in("owner", "guess", address=f"2001:db8:0:1::{n + 1:x}").status_code for n in range(12)]

    assert answers[9:] == [429] * 3
    assert sign_in("owner", PASSWORD, address="2001:db8:0:2::1").status_code == 302


@pytest.mark.parametrize("claimed", ["192.0.2.{}", "127.0.0.1, 192.0.2.{}"])
def test_who_is_no_proxy_cannot_choose_an_address(owner: User, settings, claimed: str) -> None:
    settings.TRUSTED_PROXIES = Proxies()
    for n in range(12):
        headers = {"X-Forwarded-For": claimed.format(n)}
        answer = Client().post("/admin/login/", {"username": "owner", "password": "guess"}, headers=headers)

    assert answer.status_code == 429


def test_the_refusal_says_when_to_come_back(owner: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for n in range(10):
            answer = sign_in("owner", f"guess {n}", address="198.51.100.1")

        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "900"
        assert "15 minutes" in answer.content.decode()
        assert "Accounts are not locked" in answer.content.decode()
        clock.shift(timedelta(minutes=10))
        refused = sign_in("owner", PASSWORD, address="198.51.100.1")
        assert refused.headers["Retry-After"] == "300"  # asking meanwhile does not prolong it
        clock.shift(timedelta(minutes=5, seconds=1))
        assert sign_in("owner", PASSWORD, address="198.51.100.1").status_code == 302


def test_coming_in_forgets_the_failures_of_that_name_only(owner: User) -> None:
    for n in range(9):
        sign_in("owner", f"guess {n}", address="198.51.100.1")
        sign_in("other", f"guess {n}", address="198.51.100.1")
    assert sign_in("owner", PASSWORD, address="198.51.100.1").status_code == 302

    assert [sign_in("owner", "guess", address="198.51.100.1").status_code for _ in range(9)] == [200] * 9
    assert sign_in("other", "guess", address="198.51.100.1").status_code == 429


def test_a_known_password_buys_no_guesses_of_tokens(owner: User) -> None:
    """Ten wrong tokens, with the right password before each, are ten failures."""
    device = with_device(owner)
    answers = []
    for _n in range(12):
        client = Client()
        sign_in("owner", PASSWORD, address="198.51.100.1", client=client)
        device.throttle_reset()
        headers = {"X-Forwarded-For": "198.51.100.1"}
        answers.append(client.post("/admin/second-factor/enter/", {"token": "000000"}, headers=headers).status_code)

    assert answers[:9] == [200] * 9
    assert answers[9] == 429

    elsewhere = Client()
    sign_in("owner", PASSWORD, address="192.0.2.7", client=elsewhere)
    device.refresh_from_db()
    device.throttle_reset()
    headers = {"X-Forwarded-For": "192.0.2.7"}
    given = {"token": code(device.key)}
    assert elsewhere.post("/admin/second-factor/enter/", given, headers=headers).status_code == 302


@pytest.mark.parametrize("named", ["owner", "198.51.100.1", "2001:db8:0:1::77"])
def test_unlock_lets_in_at_once(owner: User, named: str) -> None:
    address = "2001:db8:0:1::1" if ":" in named else "198.51.100.1"
    for n in range(10):
        sign_in("owner", f"guess {n}", address=address)
    assert sign_in("owner", PASSWORD, address=address).status_code == 429
    out = StringIO()

    call_command("unlock", named, stdout=out)

    assert "may try again" in out.getvalue()
    assert sign_in("owner", PASSWORD, address=address).status_code == 302


def test_unlock_refuses_who_is_nobody() -> None:
    with pytest.raises(CommandError, match="no user “nobody”"):
        call_command("unlock", "nobody")
