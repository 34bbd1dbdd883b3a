"""The second factor from the first sign-in to the lost phone, in a real browser, with the settings of production."""

import base64
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import qrcode
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from qrcode.image.svg import SvgImage

from tests.browser.accessibility import violations
from tests.factories import serving
from tests.factories.archive import PASSWORD
from tests.factories.authenticator import code, codes_on, secret_on
from tests.factories.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
#: What the web server in front adds. Chromium keeps cookies for https from the machine itself, as it would from https.
IN_FRONT = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
Seat = Callable[[], Page]


@pytest.fixture
def server(static_root: Path) -> Iterator[serving.Server]:
    with serving.serving(static_root, "--workers", "1", OTP_REQUIRED="yes") as server:
        yield server


@pytest.fixture
def sit_down(browser: Browser, server: serving.Server) -> Iterator[Seat]:
    """A browser of its own, with no cookies yet."""
    contexts: list[BrowserContext] = []

    def seat() -> Page:
        context = browser.new_context(base_url=server.url, extra_http_headers=IN_FRONT, viewport=WIDE)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context.new_page()

    yield seat
    for context in contexts:
        context.close()


def give_password(page: Page, name: str, address: str = "/admin/") -> None:
    page.goto(address)
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def give_token(page: Page, token: str) -> None:
    page.get_by_role("textbox").fill(token)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()


def wrong(key: str) -> str:
    return "000000" if code(key) != "000000" else "000001"


def image_of(secret: str, name: str) -> str:
    """The QR code that an app must be shown, drawn here from the address that apps read (Key Uri Format)."""
    issuer = str(settings.SITE_NAME)
    values = {"secret": secret.replace(" ", ""), "algorithm": "SHA1", "digits": 6, "period": 30, "issuer": issuer}
    image = io.BytesIO()
    address = f"otpauth://totp/{quote(f'{issuer}:{name}')}?{urlencode(values, quote_via=quote)}"
    qrcode.make(address, image_factory=SvgImage).save(image)
    return f"data:image/svg+xml;base64,{base64.b64encode(image.getvalue()).decode()}"


def set_up(page: Page, name: str) -> tuple[str, list[str]]:
    """Set an app up on the page that asks for it, after a wrong code; the secret and the recovery codes."""
    image = page.get_by_role("img", name="QR code")
    assert image.evaluate("image => image.complete && image.naturalWidth") > 0
    assert image.get_attribute("src") == image_of(page.locator("#secret").inner_text(), name)
    key = secret_on(page.content())
    give_token(page, wrong(key))
    expect(page.get_by_text("That code is not right")).to_be_visible()
    assert secret_on(page.content()) == key
    give_token(page, code(key))
    codes = codes_on(page.content())
    assert len(set(codes)) == 10
    return key, codes


def assert_fits(page: Page) -> None:
    """Nobody is shut out by the page: neither by its markup, nor on a phone."""
    assert violations(page) == ""
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size(WIDE)


def test_a_fresh_installation_that_demands_a_second_factor_lets_its_superuser_in(
    server: serving.Server, sit_down: Seat
) -> None:
    environment = serving.production(server.port, Path(), OTP_REQUIRED="yes", DJANGO_SUPERUSER_PASSWORD=PASSWORD)
    serving.run("createsuperuser", "--noinput", "--username=root", "--email=", environment=environment)

    give_password(page := sit_down(), "root", "/admin/incidents/incident/")
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    page.goto("/admin/")  # no address leads around it
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    page.goto("/admin/incidents/incident/")
    assert_fits(page)
    set_up(page, "root")
    assert_fits(page)
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert cookies["sessionid"]["secure"]
    assert cookies["sessionid"]["httpOnly"]
    page.get_by_role("link", name="I have kept them").click()
    expect(page).to_have_url(f"{server.url}/admin/incidents/incident/")


def test_from_the_first_sign_in_to_the_lost_phone(server: serving.Server, sit_down: Seat) -> None:
    name = person("Editor").username
    page, elsewhere = sit_down(), sit_down()

    # The recovery codes are seen once.
    give_password(page, name)
    key, codes = set_up(page, name)
    page.reload()
    page.goto("/admin/second-factor/")
    assert all(one not in page.content() for one in codes)
    assert_fits(page)

    # At the next sign-in the password leads to the token, and no address leads around it.
    sign_out(page)
    give_password(page, name, "/admin/incidents/incident/")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    assert_fits(page)
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.goto("/admin/incidents/incident/")
    token = code(key, ahead=1)
    give_token(page, token)
    expect(page).to_have_url(f"{server.url}/admin/incidents/incident/")

    # The phone is lost: each recovery code lets in once.
    for left, one in zip(reversed(range(10)), codes, strict=True):
        page.context.clear_cookies()
        give_password(page, name, "/admin/second-factor/")
        give_token(page, one)
        expect(page.get_by_text(f"Recovery codes left: {left}.")).to_be_visible()

    # Neither the token nor a recovery code opens anything again.
    give_password(elsewhere, name)
    for used in (token, codes[0]):
        give_token(elsewhere, used)
        expect(elsewhere.get_by_text("That code is not right")).to_be_visible()

    # Nothing is left: who runs the site resets it; sessions end, and the next sign-in sets it up anew.
    serving.run("reset_second_factor", name, environment=serving.production(server.port, Path()))
    page.goto("/admin/")
    expect(page.get_by_label("Password")).to_be_visible()
    give_password(page, name)
    new_key, new_codes = set_up(page, name)
    assert new_key != key
    assert not set(new_codes) & set(codes)
    page.goto("/admin/incidents/incident/")
    expect(page.get_by_role("heading", name="Select incident")).to_be_visible()


def test_an_administrator_demands_it_of_everybody(open_page: Callable[..., Page]) -> None:
    head, editor = person("Administrator").username, person("Editor").username
    working, page = open_page("/admin/"), open_page("/admin/")
    give_password(working, editor, "/admin/incidents/incident/")
    expect(working.get_by_role("heading", name="Select incident")).to_be_visible()
    give_password(page, head)

    page.get_by_role("link", name="Sign-in", exact=True).first.click()
    page.get_by_label("Everybody needs a second factor").check()
    page.get_by_role("button", name="Save", exact=True).click()

    for one, name in ((page, head), (working, editor)):  # the next click of each leads to setting it up
        one.goto("/admin/incidents/incident/")
        expect(one.get_by_role("heading", name="Set up a second factor")).to_be_visible()
        set_up(one, name)
        one.get_by_role("link", name="I have kept them").click()
        expect(one.get_by_role("heading", name="Select incident")).to_be_visible()
