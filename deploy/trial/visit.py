"""Whoever uses the site through nginx: pages, forms, cookies, a second factor; nothing but the standard library."""

import base64
import hashlib
import hmac
import http.client
import http.cookies
import json
import re
import socket
import ssl
import struct
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit

from trial.container import Machine

DRAFT = "zfc5dr"  # of the demonstration: the incident that is left for anna and berta to publish
WRITTEN = "Seen at the first trial of an installation."


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Here(http.client.HTTPSConnection):
    """A connection to this machine by the name of the archive, whose certificate is verified."""

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", 443), 60)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


@dataclass
class Browser:
    host: str
    certificate: Path
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, fields: list[tuple[str, str]] | None = None) -> Answer:
        context = ssl.create_default_context(cafile=str(self.certificate))
        connection = Here(self.host, context=context)
        headers = {"Referer": f"https://{self.host}{path}", "Accept": "text/html"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = urlencode(fields).encode() if fields is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        for header in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        answer = Answer(response.status, dict(response.headers), text)
        connection.close()
        return answer

    def get(self, path: str) -> Answer:
        answer = self.ask("GET", path)
        while answer.status in (301, 302):
            where = urlsplit(urljoin(path, answer.headers["Location"]))
            path = where.path + (f"?{where.query}" if where.query else "")
            answer = self.ask("GET", path)
        return answer

    def link(self, path: str, pattern: str) -> str:
        found = re.search(pattern, self.get(path).text)
        assert found, f"{path} has no link to {pattern}"
        return found[0]

    def send(self, path: str, *, button: str, **typed: str) -> Answer:
        """Fill in the form that has a button, what is empty and asked for too, and send it."""
        answer = self.get(path)
        assert answer.status == 200, (path, answer.status)
        forms = Forms()
        forms.feed(answer.text)
        form = next(
            (
                one
                for one in forms.found
                if typed.keys() <= one.fields.keys() and any(button in said for said in one.buttons)
            ),
            None,
        )
        assert form, f"{path} has no button “{button}”: {[one.buttons for one in forms.found]}"
        fields = [(name, typed.pop(name, value)) for name, value in form.fields.items()]
        fields = [(name, value or (WRITTEN if name in form.areas else "")) for name, value in fields]
        sent = self.ask("POST", form.action or path, [*fields, *typed.items()])
        assert sent.status == 302, (
            path,
            sent.status,
            re.findall(r'class="errorlist[^>]*>.*?</ul>', sent.text, re.DOTALL),
        )
        return sent

    def sign_in(self, name: str, password: str) -> None:
        """Sign in, and set up the second factor that the archive demands."""
        self.send("/admin/login/", button="", username=name, password=password)
        page = self.get("/admin/")
        secret = re.search(r'id="secret">([A-Z2-7 ]+)<', page.text)
        assert secret, "no second factor was asked for"
        key = base64.b32decode(secret[1].replace(" ", ""))
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        assert token
        done = self.ask(
            "POST", "/admin/second-factor/set-up/", [("csrfmiddlewaretoken", token[1]), ("token", totp(key))]
        )
        assert done.status == 200, done.status
        assert "<li><code>" in done.text, "no recovery codes were shown"
        assert self.get("/admin/").status == 200


def totp(key: bytes) -> str:
    """The six digits of RFC 6238 of this half minute."""
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


class Form:
    def __init__(self, action: str) -> None:
        self.action = action
        self.fields: dict[str, str] = {}
        self.areas: set[str] = set()
        self.buttons: list[str] = []


class Forms(HTMLParser):
    """The forms of a page with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self.inside = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(given.get("action", "")))
        if not self.found:
            return
        form, name = self.found[-1], given.get("name", "")
        kind = given.get("type", "text")
        if tag == "button" or (tag == "input" and kind == "submit"):
            self.inside = "button"
            form.buttons.append(given.get("value", ""))
        elif tag == "textarea":
            self.inside, self.area = tag, name
            form.fields[name] = ""
            form.areas.add(name)
        elif tag == "input" and name and (kind not in ("checkbox", "radio", "file") or "checked" in given):
            form.fields[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.inside == "button":
            self.found[-1].buttons[-1] += data
        elif self.inside == "textarea":
            self.found[-1].fields[self.area] += data.lstrip("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("button", "textarea"):
            self.inside = ""


def look_around(reader: Browser, machine: Machine) -> None:
    """Check what an administrator would want to be sure of, as a reader and on the machine."""
    page = reader.get("/")
    sheet = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', page.text)
    assert sheet
    kept = reader.get(sheet[1])
    assert (kept.status, "immutable" in kept.headers["Cache-Control"]) == (200, True), kept[:2]
    assert not reader.cookies, "a reader got a cookie"
    ready = json.loads(reader.get("/readyz").text)
    print(f"   /readyz: {ready}")
    assert ready["ready"]
    assert reader.get("/metrics").status == 404
    answers = [reader.get("/corrections/report/?q=a").status for _ in range(60)]
    assert 429 in answers, "nothing slows down who asks for the form all the time"
    assert reader.get("/incidents/?q=hospital").status == 200
    print(f"   60 times the form at once: {answers.count(200)} answered, {answers.count(429)} told to wait")
    shell = machine.shell()
    log = shell.run("journalctl -u archive-web -o cat --no-pager | grep logger=archive.requests | tail -4")
    assert "q=" not in log
    print("\n".join(f"   {line}" for line in log.splitlines()))
    shell.run("systemctl stop archive-web")
    away = reader.get("/")
    assert (away.status, "Back in a moment" in away.text) == (503, True), away.status
    shell.run("systemctl start archive-web")
    for _ in range(120):
        if reader.get("/healthz").status == 200:
            break
        time.sleep(0.5)
    assert reader.get(f"/incidents/{DRAFT}/").status == 200
    print("== while the site is away nginx says so; it comes back")
