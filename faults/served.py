"""The site as it is served while something goes wrong: a web process dies, the network is cut, clients are slow."""

import os
import random
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import cycle
from pathlib import Path

import psutil

from cluster.reading import Poller, ask
from faults.pages import told
from faults.result import Result
from faults.sites import FULL, Site
from tests.factories import serving

BEHIND_PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
READERS = ("/", "/incidents/", "/articles/", "/ar/incidents/", "/incidents.csv")
EDITORS = ("/admin/login/",)
WATCHED = 4.0  # seconds after
HALVES = (
    b"GET /incidents/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400\r\n\r\nusername=",
    b"GET /incid",
    b"",
)


@contextmanager
def site_of(site: Site, name: str, *options: str, url: str = "") -> Iterator[int]:
    """Serve a trial as in production, by the gunicorn.conf.py that is shipped; give the port."""
    static = site.installation.folder / "static"
    if not static.exists():
        serving.collect_static(static)
    log = site.installation.folder / "served.log"
    with serving.serving(static, *options, log=log, DATABASE_URL=url or site.url(name)) as server:
        yield server.port


@contextmanager
def asking(port: int, pages: tuple[str, ...]) -> Iterator[Poller]:
    with Poller(port, cycle(pages), headers=BEHIND_PROXY) as poller:
        yield poller


def same_answers(port: int) -> dict[str, str]:
    """What does not change by itself."""
    return {page: ask(port, page, keeps_body=True, headers=BEHIND_PROXY).body for page in ("/incidents.csv",)}


def kill_web_process(site: Site, tries: int, chance: random.Random) -> Result:
    """One of two web processes is killed while readers and an editor ask."""
    result = Result("kill −9 of one of two web processes")
    with site.trial(FULL) as name, site_of(site, name, "--workers", "2") as port:
        before, failed, asked = same_answers(port), 0, 0
        for _ in range(tries):
            with asking(port, READERS) as readers, asking(port, EDITORS) as editors:
                time.sleep(chance.uniform(0.5, 1.5))
                os.kill(chance.choice(workers()), signal.SIGKILL)
                time.sleep(WATCHED)
            result.tries += 1
            result.wait("readers", readers.seconds_of_errors())
            result.wait("editors", editors.seconds_of_errors())
            failed += len(readers.failures()) + len(editors.failures())
            asked += len(readers.answers) + len(editors.answers)
            result.count("wrong", (page for page, body in same_answers(port).items() if body != before[page]))
    result.note = f"{failed} of {asked:,} requests had no answer"
    return result


def workers() -> list[int]:
    """The processes that answer: children of the gunicorn that this process started."""
    parents = [one for one in psutil.Process().children() if "gunicorn" in " ".join(one.cmdline())]
    return [child.pid for parent in parents for child in parent.children()]


def cut_network(site: Site, tries: int, chance: random.Random) -> Result:
    """The connection between web and database ends, and is refused for a while."""
    from faults.wires import Wire  # noqa: PLC0415

    result = Result("network cut between web and database")
    wire = Wire(next(Path(site.host).glob(".s.PGSQL.*[0-9]")))
    statuses: set[int] = set()
    with site.trial(FULL) as name:
        url = f"postgresql://archive@127.0.0.1:{wire.port}/{name}"
        with site_of(site, name, "--workers", "1", url=url) as port:
            before = same_answers(port)
            for _ in range(tries):
                with asking(port, READERS) as readers, asking(port, EDITORS) as editors:
                    time.sleep(0.5)
                    wire.cut()
                    time.sleep(chance.uniform(1, 3))
                    wire.mend()
                    mended = time.monotonic()
                    time.sleep(WATCHED)
                result.tries += 1
                for who, poller in (("readers", readers), ("editors", editors)):
                    ends = [one.ended for one in poller.failures()]
                    result.wait(who, max([0.0, *(end - mended for end in ends)]))
                    statuses |= {one.status for one in poller.failures()}
                    other = [str(one.status) for one in poller.failures() if one.status != 503]
                    result.count("wrong", (f"status {one} while the database is away" for one in other))
                result.count("wrong", (page for page, body in same_answers(port).items() if body != before[page]))
        wire.cut()
    result.note = (
        f"meanwhile {', '.join(map(str, sorted(statuses))) or 'nobody noticed'}; seconds are since it is mended"
    )
    return result


def slow_clients(site: Site, clients: int, seconds: float = 10.0) -> Result:
    """Many send half a request and then a byte now and then, while one reads."""
    result = Result(f"slow clients × {clients}, gunicorn alone")
    with site.trial(FULL) as name, site_of(site, name, "--workers", "1") as port, ExitStack() as stack:
        held = []
        for index in range(clients):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            one.sendall(HALVES[index % len(HALVES)])
            held.append(one)
        with asking(port, READERS) as readers:
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                for one in held:
                    with suppress(OSError):
                        one.sendall(b"x")
                time.sleep(1)
        result.tries = len(held)
        result.count("wrong", (f"a reader got {one.status}" for one in readers.failures()))
        result.wait("readers", readers.slowest())
        result.note = f"a reader's slowest answer of {len(readers.answers)}; nginx, which buffers, was not in front"
    return result


def mixed_load(site: Site, minutes: float, chance: random.Random) -> Result:
    """Readers ask while editions are published one after the other."""
    from faults import jobs  # noqa: PLC0415

    result = Result(f"mixed load of {minutes:g} minutes")
    with site.trial(FULL) as name, site_of(site, name, "--workers", "2") as port, ExitStack() as stack:
        until, published, acknowledged = time.monotonic() + minutes * 60, 0, []
        running = site.begin(name, lambda tell: jobs.publish_until(until, tell))
        pollers = [stack.enter_context(asking(port, READERS)) for _ in range(4)]
        while (line := running.line()) is not None:
            acknowledged.append(line)
            published += line[0] == "edition"
        _, status = running.end()
        if status:
            result.count("wrong", [f"publishing ended with {status}: {site.told()}"])
        for poller in pollers:
            poller.is_over = True
        bodies = [ask(port, page, keeps_body=True, headers=BEHIND_PROXY).body for page in READERS]
        answers = [one for poller in pollers for one in poller.answers]
        result.tries = len(answers)
        result.count("wrong", (f"a reader got {one.status}" for one in answers if one.status == 0 or one.status >= 500))
        result.count("leaked", (word for body in bodies for word in told(body)))
        result.count("lost", site.ask(name, lambda: jobs.missing(acknowledged)))
        result.count("doubled", site.ask(name, jobs.doubled))
        result.wait("readers", max((poller.slowest() for poller in pollers), default=0.0))
        result.note = f"{len(answers):,} requests of four readers (the slowest answer), {published} editions meanwhile"
    return result
