"""Reading from a replica: which one answers readers now, and letting all that a thread reads come from it.

A thread for each server asks it once a second, beside the requests; a request only looks at what is known
(`archive.postgresql.standing`). A process keeps to one replica as long as that is fit, so that what it keeps in memory
follows one server (docs/adr/0064-readers-from-replicas.md).
"""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections

from archive.postgresql.base import DatabaseWrapper
from archive.postgresql.standing import Standing

SECONDS = 1.0  # between two questions to a server
CLOCK = "SELECT extract(epoch FROM clock_timestamp())::float8, pg_is_in_recovery()"
REPLAYED = "SELECT extract(epoch FROM pg_last_xact_replay_timestamp())::float8, pg_is_in_recovery()"
# A transaction that writes nothing but its end: every role may do so, nothing waits for the disk or another server.
BEAT = "SELECT pg_current_xact_id()"
PRIMARY = ""


class Kept(threading.local):
    """The connections of a thread to replicas."""

    def __init__(self) -> None:
        self.wrappers: dict[str, DatabaseWrapper] = {}


_kept = Kept()


class Watch:
    """Asks the servers of this process, from its first request on."""

    def __init__(self, *, is_asking: bool = True) -> None:
        self.standing = Standing(settings.REPLICA_LAG_SECONDS, settings.REPLICA_ALONE_SECONDS)
        self.entries: dict[str, dict[str, Any]] = {entry["REPLICA"]: entry for entry in settings.REPLICAS}
        self.names = list(self.entries)
        self.preferred = os.getpid() % max(len(self.names), 1)  # workers of gunicorn have neighbouring numbers
        self.leading: set[str] = set()  # of the names, those that say that they are no replica
        self.looked = threading.Event()
        for name in (PRIMARY, *self.names) if is_asking else ():
            threading.Thread(target=self.ask_for_ever, args=[name], daemon=True, name=f"watch {name}").start()

    def ask_for_ever(self, name: str) -> None:
        wrapper = self.connection_to(name)
        while True:
            self.ask(name, wrapper)
            time.sleep(SECONDS)

    def ask(self, name: str, wrapper: DatabaseWrapper) -> None:
        """Ask a server how it stands; whatever goes wrong, it counts as away."""
        try:
            if name == PRIMARY:
                self.ask_primary(wrapper)
            else:
                self.ask_replica(name, wrapper)
        except (Error, ImproperlyConfigured, OSError):
            with contextlib.suppress(Error):
                wrapper.close()
            if name == PRIMARY:
                self.standing.primary_failed()
            else:
                self.leading.discard(name)
                self.standing.replica_failed(name)

    def ask_primary(self, wrapper: DatabaseWrapper) -> None:
        asked_at = self.standing.clock()
        with wrapper.cursor() as cursor:
            cursor.execute(CLOCK)
            its_clock, is_replica = cursor.fetchone()
            if is_replica:
                raise OperationalError("It is a replica now: another one is the primary.")
            self.standing.primary_answered(asked_at=asked_at, its_clock=its_clock)
            if self.standing.wants_beat(self.names):
                cursor.execute(BEAT)

    def ask_replica(self, name: str, wrapper: DatabaseWrapper) -> None:
        """One that has become the primary is none: whether it is still followed by the others it cannot know."""
        with wrapper.cursor() as cursor:
            cursor.execute(REPLAYED)
            replayed_until, is_replica = cursor.fetchone()
        (self.leading.discard if is_replica else self.leading.add)(name)
        self.standing.replica_answered(name, replayed_until=replayed_until if is_replica else None)
        if self.standing.is_fit(name):
            self.looked.set()

    def connection_to(self, name: str) -> DatabaseWrapper:
        entry = self.entries.get(name, {})
        ours = connections.settings[DEFAULT_DB_ALIAS]
        options = {**ours.get("OPTIONS", {}), **entry.get("OPTIONS", {}), "application_name": "archive watch"}
        return DatabaseWrapper({**ours, **entry, "OPTIONS": options}, alias=DEFAULT_DB_ALIAS)

    def chosen(self) -> str | None:
        """Return the replica that answers readers now; None where no one is fit."""
        names, first = self.names, self.preferred
        for at in range(first, first + len(names)):
            if self.standing.is_fit(names[at % len(names)]):
                self.preferred = at % len(names)
                return names[self.preferred]
        return None


@cache
def watch_of(_process: int) -> Watch:
    return Watch()


def watch() -> Watch:
    """Return what this process knows of its servers; a process that was forked looks for itself."""
    with _starting:
        return watch_of(os.getpid())


_starting = threading.Lock()


def chosen() -> str | None:
    """Return the name of the replica that is to answer a reader now; None: the primary is."""
    return watch().chosen() if settings.REPLICAS else None


def wait_until_known(seconds: float) -> None:
    """Let a process that has just begun to look find a replica that is fit."""
    if settings.REPLICAS:
        watch().looked.wait(seconds)


def is_alone() -> bool:
    """Whether no primary has answered for some seconds, as far as a process that reads from replicas knows."""
    return bool(settings.REPLICAS) and watch().looked.is_set() and watch().standing.is_alone


def ages() -> dict[str, tuple[float | None, bool]]:
    """Return for each replica how old (seconds) what it says may be, if that is known, and whether it is fit.

    The one server of the list that leads is left out; two that say so are both told as not fit.
    """
    known = watch()
    leading = known.leading if len(known.leading) == 1 else set()
    names = [name for name in known.names if name not in leading]
    return {name: (known.standing.age(name), known.standing.is_fit(name)) for name in names}


def failed(name: str) -> None:
    """A request could not be answered from this replica: nobody asks it before it has said that it is well."""
    watch().standing.replica_failed(name)


def server() -> str:
    """Return the name of the server that this thread reads from; empty for the primary."""
    return str(connections[DEFAULT_DB_ALIAS].settings_dict.get("REPLICA", PRIMARY))


def begin_reading(name: str) -> None:
    """Let all that this thread reads come from a replica, until `end_reading`."""
    primary = connections[DEFAULT_DB_ALIAS]
    if "REPLICA" in primary.settings_dict:
        raise RuntimeError("This thread reads from a replica already.")
    wrapper = _kept.wrappers.get(name)
    if wrapper is None:
        entry = watch().entries[name]
        wrapper = _kept.wrappers[name] = DatabaseWrapper({**primary.settings_dict, **entry}, alias=DEFAULT_DB_ALIAS)
    wrapper.close_if_unusable_or_obsolete()
    wrapper.primary = primary
    connections[DEFAULT_DB_ALIAS] = wrapper


def end_reading() -> None:
    """Let this thread read from the primary again; what was left half done on the replica is dropped."""
    wrapper = connections[DEFAULT_DB_ALIAS]
    if not isinstance(wrapper, DatabaseWrapper) or wrapper.primary is None:
        return
    connections[DEFAULT_DB_ALIAS] = wrapper.primary
    wrapper.primary = None
    if wrapper.in_atomic_block:
        _kept.wrappers.pop(wrapper.settings_dict["REPLICA"], None)
        if wrapper.connection is not None:
            wrapper.connection.close()
    else:
        wrapper.close_if_unusable_or_obsolete()


@contextlib.contextmanager
def reading_from(name: str) -> Iterator[None]:
    """Read from this server within the block; from the primary where the name is empty."""
    if name == server():
        yield
        return
    begin_reading(name)
    try:
        yield
    finally:
        end_reading()


def close_kept() -> None:
    """Close what this thread has open to replicas: for threads that end."""
    while _kept.wrappers:
        _kept.wrappers.popitem()[1].close()
