"""Readers: some that ask steadily and note each answer, and as many as there is room for."""

import http.client
import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cluster import ports

TIMEOUT = 15.0  # seconds that a reader waits


@dataclass(frozen=True)
class Answer:
    """``began`` and ``ended`` are of `time.monotonic`; status 0: there was none."""

    began: float
    ended: float
    status: int
    is_hit: bool = False
    body: str = ""


def ask(port: int, path: str, *, keeps_body: bool = False, headers: Mapping[str, str] | None = None) -> Answer:
    began, status, is_hit, body = time.monotonic(), 0, False, ""
    made = http.client.HTTPConnection(ports.HOST, port, timeout=TIMEOUT)
    try:
        made.request("GET", path, headers=dict(headers or {}))
        answer = made.getresponse()
        read = answer.read()
        status, is_hit = answer.status, answer.headers.get("X-Cache") == "hit"
        body = read.decode("utf-8", "replace") if keeps_body else ""
    except (OSError, http.client.HTTPException):
        pass
    finally:
        made.close()
    return Answer(began, time.monotonic(), status, is_hit, body)


@dataclass
class Poller:
    """Asks one thing after the other, some times a second, until it is stopped."""

    port: int
    paths: Iterator[str]
    every: float = 0.1
    headers: Mapping[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    is_over: bool = False

    def __enter__(self) -> "Poller":
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over = True
        self.thread.join(TIMEOUT + 1)

    def run(self) -> None:
        while not self.is_over:
            answer = ask(self.port, next(self.paths), headers=self.headers)
            self.answers.append(answer)
            time.sleep(max(0.0, self.every - (answer.ended - answer.began)))

    def failures(self) -> list[Answer]:
        return [one for one in self.answers if one.status == 0 or one.status >= 500]

    def seconds_of_errors(self) -> float:
        """From the beginning of the first request that failed to the end of the last."""
        failed = self.failures()
        return failed[-1].ended - failed[0].began if failed else 0.0

    def slowest(self) -> float:
        return max((one.ended - one.began for one in self.answers), default=0.0)

    def told(self) -> str:
        return (
            f"{self.seconds_of_errors():.1f} s ({len(self.failures())} of {len(self.answers)} requests failed; "
            f"the slowest took {self.slowest():.1f} s)"
        )


def never_twice(pages: Sequence[str]) -> Iterator[str]:
    """Addresses that no cache has: each is asked for once."""
    for number in itertools.count(random.randrange(10**6)):
        page = pages[number % len(pages)]
        yield f"{page}{'&' if '?' in page else '?'}per_page={number % 80 + 10}&q=clinic+-w{number}"


def as_many_as_possible(port: int, paths: Callable[[], Iterator[str]], *, threads: int, seconds: float) -> float:
    """Return requests a second that were answered with 200."""
    counted, until = [0] * threads, time.monotonic() + seconds

    def work(at: int) -> None:
        for path in paths():
            if time.monotonic() > until:
                return
            counted[at] += ask(port, path).status == http.client.OK

    running = [threading.Thread(target=work, args=[at]) for at in range(threads)]
    for one in running:
        one.start()
    for one in running:
        one.join()
    return sum(counted) / seconds


def by_zipf(pages: Sequence[str], seed: int) -> Iterator[str]:
    """A day of reading: the nth page is asked for 1/n as often as the first."""
    chance = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(len(pages))]
    while True:
        yield from chance.choices(pages, weights, k=100)
