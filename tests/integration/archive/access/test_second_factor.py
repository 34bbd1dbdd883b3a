"""The second factor: set up, asked for, lost, replaced, removed; and every way around it that was thought of."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.access import second_factor
from archive.models import AccessSettings, User
from tests.factories.archive import UserFactory
from tests.factories.authenticator import code, codes_on, secret_on, with_device
from tests.factories.people import person

ENTER, SET_UP, PAGE = "/admin/second-factor/enter/", "/admin/second-factor/set-up/", "/admin/second-factor/"
WRONG = "000000"
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return person("Editor")


@pytest.fixture
def signed_in(client: Client, editor: User) -> Client:
    """Who has given the password and nothing more."""
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def arrives_at(client: Client, address: str) -> str:
    """The path of the page at the end of all redirects."""
    return client.get(address, follow=True).request["PATH_INFO"]


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set a device up as its owner would; its secret and the recovery codes."""
    key = secret_on(client.get(SET_UP).content.decode())
    answer = client.post(SET_UP, {"token": code(key)})
    assert "no-store" in answer.headers["Cache-Control"]
    return key, codes_on(answer.content.decode())


@pytest.mark.parametrize("by", ["environment", "administrator"])
def test_who_is_signed_in_must_set_one_up_once_it_is_required(signed_in: Client, settings, by: str) -> None:
    assert signed_in.get("/admin/").status_code == 200
    settings.OTP_REQUIRED = by == "environment"
    AccessSettings.objects.create(requires_second_factor=by == "administrator")

    for address in ("/admin/", "/admin/incidents/incident/", "/admin/desk/date/?q=2019", "/admin/password_change/"):
        assert arrives_at(signed_in, address) == SET_UP, address
    key, codes = set_up(signed_in)

    assert len(set(codes)) == 10
    assert signed_in.get("/admin/").status_code == 200
    assert TOTPDevice.objects.get().key == key


def test_not_required_by_either_is_not_asked_for(signed_in: Client) -> None:
    AccessSettings.objects.create(requires_second_factor=False)

    assert signed_in.get("/admin/").status_code == 200


def test_environment_wins_over_what_was_chosen(signed_in: Client, settings) -> None:
    AccessSettings.objects.create(requires_second_factor=False)
    settings.OTP_REQUIRED = True

    assert arrives_at(signed_in, "/admin/") == SET_UP


def test_the_page_of_a_device_shows_image_and_text_of_one_secret(signed_in: Client) -> None:
    first = signed_in.get(SET_UP).content.decode()
    again = signed_in.get(SET_UP).content.decode()

    assert secret_on(first) == secret_on(again)
    assert 'src="data:image/svg+xml;base64,' in first
    assert not TOTPDevice.objects.exists()  # nothing is kept before a code was given


def test_a_wrong_code_sets_nothing_up(signed_in: Client) -> None:
    key = secret_on(signed_in.get(SET_UP).content.decode())

    for wrong in ("000000", "", "abc", "12345", "1234567", "٠٠٠", "\x00", "9" * 5000, code(key, ahead=40)):
        answer = signed_in.post(SET_UP, {"token": wrong})
        assert answer.status_code == 200
        assert 'class="errorlist"' in answer.content.decode()
    assert not TOTPDevice.objects.exists()


def test_a_code_is_asked_for_at_each_sign_in_wherever_one_goes(signed_in: Client, editor: User) -> None:
    device = with_device(editor)
    for address in ("/admin/", "/admin/incidents/incident/?q=x", PAGE):
        assert arrives_at(signed_in, address) == ENTER

    gone_to = signed_in.post(f"{ENTER}?next=/admin/incidents/incident/", {"token": code(device.key)})

    assert gone_to.headers["Location"] == "/admin/incidents/incident/"
    assert signed_in.get("/admin/incidents/incident/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_a_code_leads_nowhere_else(signed_in: Client, editor: User, elsewhere: str) -> None:
    device = with_device(editor)

    answer = signed_in.post(ENTER, {"token": code(device.key), "next": elsewhere})

    assert answer.headers["Location"] == "/admin/"


def test_a_code_is_typed_as_people_type(signed_in: Client, editor: User) -> None:
    device = with_device(editor)
    eastern = code(device.key).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert signed_in.post(ENTER, {"token": f" {eastern[:3]} {eastern[3:]} "}).status_code == 302


def test_a_used_code_is_refused(signed_in: Client, editor: User) -> None:
    device = with_device(editor)
    used = code(device.key)
    signed_in.post(ENTER, {"token": used})
    other = Client()
    other.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")

    assert other.post(ENTER, {"token": used}).status_code == 200
    assert arrives_at(other, "/admin/") == ENTER


def test_the_code_that_set_it_up_is_used_up(signed_in: Client, editor: User) -> None:
    key = secret_on(signed_in.get(SET_UP).content.decode())
    used = code(key)
    signed_in.post(SET_UP, {"token": used})
    other = Client()
    other.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")

    assert other.post(ENTER, {"token": used}).status_code == 200


def test_recovery_codes_work_once_each(signed_in: Client, editor: User) -> None:
    _key, codes = set_up(signed_in)
    for used in codes:
        other = Client()
        other.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
        assert other.post(ENTER, {"token": used.upper()}).status_code == 302
        assert other.get("/admin/").status_code == 200
        again = Client()
        again.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
        assert again.post(ENTER, {"token": used}).status_code == 200
        second_factor.forget_throttling(editor.username)
        call_command("unlock", editor.username, stdout=StringIO())
    assert second_factor.codes_left(editor) == 0


def test_new_recovery_codes_end_the_old_ones(signed_in: Client, editor: User) -> None:
    _key, codes = set_up(signed_in)
    fresh = codes_on(signed_in.post(PAGE, {"act": "renew", "token": codes[0]}).content.decode())

    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    assert set(StaticToken.objects.values_list("token", flat=True)) == set(fresh)


@pytest.mark.parametrize("act", ["renew", "replace", "remove"])
def test_nothing_changes_without_a_code(signed_in: Client, editor: User, act: str) -> None:
    _key, codes = set_up(signed_in)
    before = TOTPDevice.objects.get().key

    for token in ("", "000000", "wrongone"):
        assert signed_in.post(PAGE, {"act": act, "token": token}).status_code == 200
        second_factor.forget_throttling(editor.username)

    assert TOTPDevice.objects.get().key == before
    assert set(StaticToken.objects.values_list("token", flat=True)) == set(codes)
    assert arrives_at(signed_in, SET_UP) == PAGE


def test_a_device_is_replaced_by_another(signed_in: Client, editor: User) -> None:
    key, codes = set_up(signed_in)
    answer = signed_in.post(PAGE, {"act": "replace", "token": codes[0]})
    assert answer.headers["Location"] == SET_UP
    assert TOTPDevice.objects.get().key == key  # until the new one has given a code

    other, fresh = set_up(signed_in)

    assert TOTPDevice.objects.get().key == other != key
    assert not set(fresh) & set(codes)
    assert arrives_at(signed_in, SET_UP) == PAGE  # one code replaces once


def test_a_device_is_removed_unless_one_is_required(signed_in: Client, editor: User, settings) -> None:
    _key, codes = set_up(signed_in)
    settings.OTP_REQUIRED = True
    signed_in.post(PAGE, {"act": "remove", "token": codes[0]})
    assert second_factor.has_device(editor)
    settings.OTP_REQUIRED = False

    signed_in.post(PAGE, {"act": "remove", "token": codes[1]})

    assert not second_factor.has_device(editor)
    assert signed_in.get("/admin/").status_code == 200


def test_wrong_codes_make_the_next_wait(signed_in: Client, editor: User) -> None:
    device = with_device(editor)
    for _ in range(3):
        second = signed_in.post(ENTER, {"token": "000000"})
    assert "is looked at in" in second.content.decode()

    assert signed_in.post(ENTER, {"token": code(device.key)}).status_code == 200


def test_who_keeps_guessing_does_not_shut_the_owner_out_for_ever(editor: User) -> None:
    device = with_device(editor)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(30):
            assert second_factor.verify(editor, "0000000").device is None  # a recovery code that is none
            clock.shift(timedelta(seconds=600))
            assert second_factor.verify(editor, WRONG).device is None
            clock.shift(timedelta(seconds=600))

        second_factor.verify(editor, WRONG)
        assert 0 < second_factor.verify(editor, code(device.key)).wait <= 512
        clock.shift(timedelta(seconds=513))
        assert second_factor.verify(editor, code(device.key)).device == device


def test_a_device_of_somebody_else_opens_nothing(signed_in: Client, editor: User) -> None:
    with_device(editor)
    stranger = with_device(person("Administrator"))

    assert signed_in.post(ENTER, {"token": code(stranger.key)}).status_code == 200
    session = signed_in.session
    session["otp_device_id"] = stranger.persistent_id
    session.save()
    assert arrives_at(signed_in, "/admin/") == ENTER


def test_who_has_given_the_password_alone_can_sign_out(signed_in: Client, editor: User) -> None:
    with_device(editor)

    signed_in.post("/admin/logout/")

    assert arrives_at(signed_in, "/admin/") == "/admin/login/"


@pytest.mark.parametrize("address", [ENTER, SET_UP, PAGE])
def test_the_pages_are_for_people_of_the_editors_side(client: Client, address: str) -> None:
    for user in (None, UserFactory(is_staff=False), UserFactory(is_staff=True, is_active=False)):
        if user:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for answer in (client.get(address), client.post(address, {"token": "123456"})):
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/admin/login/")


def test_reset_removes_the_device_and_ends_sessions(signed_in: Client, editor: User, settings) -> None:
    settings.OTP_REQUIRED = True
    set_up(signed_in)
    out = StringIO()

    call_command("reset_second_factor", editor.username, stdout=out)

    assert "removed" in out.getvalue()
    assert arrives_at(signed_in, "/admin/") == "/admin/login/"
    signed_in.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert arrives_at(signed_in, "/admin/") == SET_UP
    with pytest.raises(CommandError, match="no user “nobody”"):
        call_command("reset_second_factor", "nobody")


def test_administrators_require_it_on_a_page_of_theirs(client: Client) -> None:
    client.force_login(person("Administrator"), backend="django.contrib.auth.backends.ModelBackend")
    address = "/admin/archive/accesssettings/"
    assert arrives_at(client, address) == f"{address}1/change/"

    client.post(f"{address}1/change/", {"requires_second_factor": "on"})

    assert AccessSettings.objects.get().requires_second_factor
    assert arrives_at(client, "/admin/") == SET_UP
    editor = Client()
    editor.force_login(person("Editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert arrives_at(editor, "/admin/") == SET_UP


def test_editors_do_not_decide_about_it(client: Client, editor: User) -> None:
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    AccessSettings.objects.create()

    for address in ("/admin/archive/accesssettings/", "/admin/archive/accesssettings/1/change/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {"requires_second_factor": "on"}).status_code == 403


@pytest.mark.parametrize("address", ["otp_totp/totpdevice", "otp_static/staticdevice"])
def test_secrets_are_on_no_page_of_others(admin_client: Client, editor: User, address: str) -> None:
    device = with_device(editor)

    for page in ("", "add/", f"{device.pk}/change/", f"{device.pk}/config/", f"{device.pk}/qrcode/", "99999/config/"):
        assert admin_client.get(f"/admin/{address}/{page}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_code_that_comes_twice_at_once_opens_once() -> None:
    user = UserFactory(is_staff=True)
    device = with_device(user)
    token, found, ready = code(device.key), [], threading.Barrier(6)

    def give() -> None:
        ready.wait()
        found.append(second_factor.verify(user, token).device)
        connection.close()

    threads = [threading.Thread(target=give) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([device for device in found if device]) == 1
