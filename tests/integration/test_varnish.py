"""deploy/varnish/archive.vcl in a real Varnish, before a site of a few answers that counts how often it is asked."""

import http.client
import shutil
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from archive.caches_in_front import empty
from tests.factories.ports import free_port

RULES = Path(settings.BASE_DIR) / "deploy" / "varnish" / "archive.vcl"
LIVE = "public, max-age=60, s-maxage=300, stale-while-revalidate=300, stale-if-error=86400"
AT_END_OF_DAY = "public, max-age=1, s-maxage=1, stale-while-revalidate=0, stale-if-error=86400"
pytestmark = pytest.mark.skipif(not shutil.which("varnishd"), reason="varnishd is not installed")


@dataclass
class Site:
    """What stands behind the cache."""

    port: int
    asked: Counter = field(default_factory=Counter)
    status: int = 200
    policy: str = LIVE
    cookie: str = ""


@dataclass(frozen=True)
class Cache:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str, str]:
        """Return status, what the cache says of itself, and the body."""
        made = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            made.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = made.getresponse()
            return answer.status, answer.headers.get("X-Cache", ""), answer.read().decode()
        finally:
            made.close()


def rules(port: int, **changed: str) -> str:
    """The rules for a site at this port, with other times."""
    text = RULES.read_text(encoding="utf-8").replace('.port = "8000"', f'.port = "{port}"')
    text = text.replace(".interval = 2s", ".interval = 0.2s")
    for before, after in changed.items():
        assert before.strip("_") in text
        text = text.replace(before.strip("_"), after)
    return text


@pytest.fixture
def site() -> Iterator[Site]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_watched = self.path == "/readyz"
            site.asked[self.path] += 1
            status = 200 if is_watched and site.status == 200 else site.status
            body = f"{self.command} {self.path} {site.asked[self.path]}".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", site.policy if status == 200 else "no-store")
            if site.cookie:
                self.send_header("Set-Cookie", site.cookie)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 (as http.server calls it)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    site = Site(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


class Running:
    def __init__(self, folder: Path, text: str) -> None:
        folder.chmod(0o755)
        (folder / "rules.vcl").write_text(text, encoding="utf-8")
        self.cache = Cache(free_port())
        command = ["varnishd", "-F", "-a", f"127.0.0.1:{self.cache.port}", "-f", str(folder / "rules.vcl")]
        command += ["-n", str(folder / "work"), "-s", "malloc,16m", "-T", "none", "-j", "none", "-p", "thread_pools=1"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while True:
            try:
                self.cache.ask("/healthz")
                return
            except OSError:
                assert self.process.poll() is None, "varnishd has ended"
                assert time.monotonic() < deadline, "varnishd does not answer"
                time.sleep(0.1)

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


@pytest.fixture
def cache(site: Site, tmp_path: Path) -> Iterator[Cache]:
    running = Running(tmp_path, rules(site.port))
    yield running.cache
    running.end()


@pytest.fixture
def quick(site: Site, tmp_path: Path) -> Iterator[Cache]:
    """Minutes are seconds here: fresh for one, shown for a second more, kept for six while the site is away."""
    running = Running(tmp_path, rules(site.port, _60s_="1s", _240s_="5s", _10s_="1s"))
    yield running.cache
    running.end()


def test_pages_are_kept_and_forgotten_when_told(site: Site, cache: Cache) -> None:
    for path in ("/", "/ar/incidents/?town=C4068", "/static/site.css", "/incidents.csv"):
        assert cache.ask(path)[1:] == ("miss", f"GET {path} 1")
        assert cache.ask(path, Cookie="of=another; site=1")[1:] == ("hit", f"GET {path} 1")

    empty(cache.url)

    assert cache.ask("/")[1:] == ("miss", "GET / 2")
    site.policy = "public, max-age=31536000, immutable"
    cache.ask("/static/site.1234567890ab.css")
    empty(cache.url)
    assert cache.ask("/static/site.1234567890ab.css")[1] == "hit"


@pytest.mark.parametrize(
    ("path", "method", "cookie"),
    [
        ("/admin/", "GET", ""),
        ("/admin/desk/1/", "GET", "sessionid=1"),
        ("/corrections/report/", "GET", ""),
        ("/ar/corrections/ABC/", "GET", ""),
        ("/corrections/report/", "POST", ""),
        ("/alerts/confirm/word/", "GET", ""),
        ("/readyz", "GET", ""),
        ("/metrics", "GET", ""),
        ("/captures/abc.bin", "GET", ""),
        ("/incidents/", "GET", "wrote=1"),
        ("/incidents/", "GET", "a=b; wrote=1"),
    ],
)
def test_what_is_nobody_elses_is_never_kept(cache: Cache, site: Site, path: str, method: str, cookie: str) -> None:
    before = site.asked[path]
    for _ in range(2):
        assert cache.ask(path, method, **({"Cookie": cookie} if cookie else {}))[1] == "miss"
    assert site.asked[path] - before >= 2


def test_answers_that_say_so_are_not_kept(cache: Cache, site: Site) -> None:
    for site.policy, site.cookie in (("no-store", ""), ("private, max-age=60", ""), (LIVE, "a=b")):
        path = f"/{len(site.policy)}{site.cookie}/"
        assert [cache.ask(path)[1] for _ in range(2)] == ["miss", "miss"]


def test_list_of_answered_errors_is_a_page_as_others(cache: Cache) -> None:
    cache.ask("/corrections/")
    assert cache.ask("/corrections/")[1] == "hit"


def test_strangers_cannot_let_it_forget(site: Site, tmp_path: Path) -> None:
    text = rules(site.port).replace('"127.0.0.1";\n    "::1";', '"192.0.2.1";')
    running = Running(tmp_path, text)
    try:
        running.cache.ask("/")
        with pytest.raises(http.client.HTTPException, match="403"):
            empty(running.cache.url)
        assert running.cache.ask("/")[1] == "hit"
    finally:
        running.end()


def test_page_is_made_anew_after_its_time_though_nobody_said_so(quick: Cache, site: Site) -> None:
    """A message may be lost: what is kept ends by itself, long before its Cache-Control would allow."""
    assert quick.ask("/")[2] == "GET / 1"
    time.sleep(2.2)
    assert quick.ask("/")[2] == "GET / 2"


def test_while_the_site_is_away_pages_are_shown_on_but_not_for_ever(quick: Cache, site: Site) -> None:
    assert quick.ask("/")[2] == "GET / 1"
    quick.ask("/end/")
    site.status = 503
    time.sleep(2.5)
    assert quick.ask("/")[::2] == (200, "GET / 1")
    time.sleep(4.5)
    assert quick.ask("/")[0] == 503
    site.status = 200
    deadline = time.monotonic() + 10
    while quick.ask("/")[0] != 200:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_forgotten_pages_are_not_shown_while_the_site_is_away(cache: Cache, site: Site) -> None:
    cache.ask("/")
    site.status = 503
    empty(cache.url)

    assert cache.ask("/")[0] == 503


def test_no_page_is_shown_beyond_the_end_of_its_day(cache: Cache, site: Site) -> None:
    """An embargo may end with it: what the site says of its last seconds holds, though it is away."""
    site.policy = AT_END_OF_DAY
    assert cache.ask("/")[0] == 200
    site.status = 503
    time.sleep(1.5)

    assert cache.ask("/")[0] == 503
