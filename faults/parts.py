"""All that is tried, by name: each part yields rows of the table."""

import argparse
import random
from collections.abc import Callable, Iterator

from faults import clock, filling, fuzz, jobs, kills, served
from faults.result import Result
from faults.sites import Site


def of_kills(site: Site, asked: argparse.Namespace, chance: random.Random) -> Iterator[Result]:
    for job in jobs.JOBS:
        yield kills.kill(site, job, asked.tries, chance)


def of_web(site: Site, asked: argparse.Namespace, chance: random.Random) -> Iterator[Result]:
    yield served.kill_web_process(site, asked.tries, chance)


def of_network(site: Site, asked: argparse.Namespace, chance: random.Random) -> Iterator[Result]:
    yield served.cut_network(site, asked.tries, chance)


def of_slow(site: Site, asked: argparse.Namespace, chance: random.Random) -> Iterator[Result]:
    yield served.slow_clients(site, asked.clients)


def of_clock(site: Site, asked: argparse.Namespace, chance: random.Random) -> Iterator[Result]:
    yield from clock.jump(site)


def of_fuzz(site: Site, asked: argparse.Namespace, chance: random.Random) -> Iterator[Result]:
    yield fuzz.ask(site, asked.requests, asked.seed)


def of_load(site: Site, asked: argparse.Namespace, chance: random.Random) -> Iterator[Result]:
    yield served.mixed_load(site, asked.minutes, chance)


def of_migrations(site: Site, asked: argparse.Namespace, chance: random.Random) -> Iterator[Result]:
    filling.go_back(site)
    yield kills.kill(site, jobs.MIGRATIONS, asked.tries, chance)


PARTS: dict[str, Callable[[Site, argparse.Namespace, random.Random], Iterator[Result]]] = {
    "clock": of_clock,
    "web": of_web,
    "network": of_network,
    "slow": of_slow,
    "fuzz": of_fuzz,
    "load": of_load,
    "kills": of_kills,
    "migrations": of_migrations,
}
