"""Starts what stands for machines, watches it as systemd would, and kills it when asked.

PostgreSQL refuses to run as root: there it runs, with Patroni, as Debian's user `postgres`. Everything lies in
`.run/cluster` and listens on loopback (`cluster.ports`).
"""

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from cluster import ports, settings_files
from cluster.settings_files import PASSWORD, ROOT

FOLDER = ROOT / ".run" / "cluster"
WEB = [1, 2]
PACKAGES = {
    "patroni": "patroni",
    "etcd": "etcd-server",
    "haproxy": "haproxy",
    "varnishd": "varnish",
    "pg_ctlcluster": "postgresql",
}
RESTART_AFTER = 2.0  # seconds, as in the units of systemd
WAITED = 180.0  # seconds, of a busy machine


class MissingError(Exception):
    """What must be installed first."""


def find_programs() -> Path:
    """Return the folder of PostgreSQL's programs. Raises `MissingError`, with the command that installs what lacks."""
    lacking = [package for program, package in PACKAGES.items() if not found(program)]
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if lacking or not folders:
        wanted = " ".join(sorted({*lacking, *([] if folders else ["postgresql"])}))
        raise MissingError(f"This needs programs of Debian: apt-get install --no-install-recommends {wanted}")
    return folders[-1].parent


def found(program: str) -> str | None:
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/bin")


@dataclass
class Machine:
    """A process that is started again when it ends, unless it is held."""

    name: str
    command: list[str]
    user: str | None
    environment: dict[str, str] | None = None
    process: subprocess.Popen[bytes] | None = None
    is_held: bool = True
    ended_at: float = 0.0

    def start(self) -> None:
        with (FOLDER / "logs" / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.user,
                start_new_session=True,
            )
        self.is_held = False

    def signal_all(self, number: int) -> None:
        """Signal the process and all that it has started; what has a session of its own is not among them."""
        if self.process is not None and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


@dataclass
class Cluster:
    """``databases`` are the numbers of the servers of PostgreSQL; one of them leads."""

    databases: list[int]
    changes: dict[str, str] = field(default_factory=dict)
    machines: dict[str, Machine] = field(default_factory=dict)
    is_ending: bool = False

    def __post_init__(self) -> None:
        self.programs = find_programs()
        self.database_user = "postgres" if os.geteuid() == 0 else None
        self.environment = settings_files.environment(FOLDER, self.databases) | self.changes

    # --- starting

    def prepare(self) -> None:
        """Write the files. Raises `MissingError` where something listens on a port of ours already."""
        used = [ports.VARNISH, ports.HAPROXY_WEB, ports.HAPROXY_LEADER, ports.ETCD, ports.ETCD_PEERS]
        used += [port(one) for port in (ports.postgres, ports.patroni) for one in self.databases]
        for port in (*used, *map(ports.web, WEB)):
            with contextlib.closing(socket.socket()) as probe:
                if probe.connect_ex((ports.HOST, port)) == 0:
                    raise MissingError(f"Something listens on port {port} already; docs/cluster.md has the list.")
        (FOLDER / "logs").mkdir(parents=True, exist_ok=True)
        for name, text in {
            "haproxy.cfg": settings_files.haproxy(WEB, self.databases),
            "archive.vcl": settings_files.varnish(),
            **{f"patroni{one}.yml": settings_files.patroni(one, FOLDER, self.programs) for one in self.databases},
        }.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        if self.database_user:
            owner = pwd.getpwnam(self.database_user)
            os.chown(FOLDER, owner.pw_uid, owner.pw_gid)

    def start(self, say: Callable[[str], None]) -> None:
        self.prepare()
        threading.Thread(target=self.watch_for_ever, daemon=True).start()
        say("etcd, PostgreSQL under Patroni …")
        self.run("etcd", self.etcd())
        for one in self.databases:
            self.run_database(one)
        self.run("haproxy", [str(found("haproxy")), "-db", "-f", str(FOLDER / "haproxy.cfg")])
        until(self.has_leader, WAITED, "no server leads")
        self.make_database()
        say("The demonstration …")
        self.manage("serve_demonstration", "--prepare-only")
        until(lambda: len(self.replicas()) == len(self.databases) - 1, WAITED, "not all replicas follow")
        say("Web processes, worker, Varnish …")
        self.start_site()
        varnish = ["-F", "-j", "none", "-a", f"{ports.HOST}:{ports.VARNISH}", "-f", str(FOLDER / "archive.vcl")]
        varnish += ["-n", str(FOLDER / "varnish"), "-s", "malloc,128m", "-T", "none"]
        self.run("varnish", [str(found("varnishd")), *varnish])
        self.run("purge", [sys.executable, "manage.py", "purge_caches"], environment=self.environment)
        self.run("worker", [sys.executable, "manage.py", "db_worker", "--no-reload"], environment=self.environment)
        until(lambda: asked(f"http://{ports.HOST}:{ports.VARNISH}/")[0] == 200, WAITED, "Varnish does not answer")

    def start_site(self) -> None:
        for one in WEB:
            command = [sys.executable, "-m", "gunicorn", "--bind", f"{ports.HOST}:{ports.web(one)}", "--workers", "1"]
            self.run(f"web{one}", command, environment=self.environment)
        for one in WEB:
            ready = f"http://{ports.HOST}:{ports.web(one)}/readyz"
            until(lambda: asked(ready)[0] == 200, WAITED, "a web process is not ready")  # noqa: B023

    def etcd(self) -> list[str]:
        client, peers = f"http://{ports.HOST}:{ports.ETCD}", f"http://{ports.HOST}:{ports.ETCD_PEERS}"
        options = {
            "name": "one",
            "data-dir": str(FOLDER / "etcd"),
            "listen-client-urls": client,
            "advertise-client-urls": client,
            "listen-peer-urls": peers,
            "initial-advertise-peer-urls": peers,
            "initial-cluster": f"one={peers}",
        }
        return [str(found("etcd")), *(f"--{name}={value}" for name, value in options.items())]

    def run_database(self, number: int) -> None:
        environment = {"PATH": f"{self.programs}:/usr/sbin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(FOLDER)}
        command = [str(found("patroni")), str(FOLDER / f"patroni{number}.yml")]
        self.run(f"db{number}", command, user=self.database_user, environment=environment)

    def run(self, name: str, command: list[str], *, user: str | None = None, **given: Any) -> None:
        self.machines[name] = Machine(name, command, user, **given)
        self.machines[name].start()

    def make_database(self) -> None:
        with self.administrator("postgres") as administrator:
            roles = {name for (name,) in administrator.execute("SELECT rolname FROM pg_roles")}
            for role in {"archive", "archive_owner"} - roles:
                administrator.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
            if not administrator.execute("SELECT 1 FROM pg_database WHERE datname = 'archive'").fetchone():
                administrator.execute("CREATE DATABASE archive OWNER archive_owner")

    def manage(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        return done.stdout

    # --- asking

    def administrator(self, database: str = "archive", port: int = ports.HAPROXY_LEADER) -> psycopg.Connection[Any]:
        address = f"host={ports.HOST} port={port} user=postgres password={PASSWORD} dbname={database} connect_timeout=3"
        return psycopg.connect(address, autocommit=True)

    def states(self) -> dict[int, dict[str, Any]]:
        """What each Patroni says of its server; those that do not answer are left out."""
        told = {}
        for one in self.databases:
            with contextlib.suppress(OSError, ValueError):
                told[one] = json.loads(asked(f"http://{ports.HOST}:{ports.patroni(one)}/patroni")[1])
        return told

    def leader(self) -> int | None:
        leads = [one for one, told in self.states().items() if told.get("role") in ("master", "primary")]
        return leads[0] if len(leads) == 1 else None

    def replicas(self) -> list[int]:
        """The servers that follow the leader now."""
        return [
            one
            for one, told in self.states().items()
            if told.get("role") == "replica" and told.get("state") in ("running", "streaming") and follows(self, one)
        ]

    def has_leader(self) -> bool:
        try:
            with self.administrator("postgres") as administrator:
                return administrator.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
        except psycopg.Error:
            return False

    # --- killing

    def kill(self, name: str, *, hold: bool = False) -> None:
        """kill −9, as a machine that loses its power; where it is held it stays off until `release`."""
        machine = self.machines[name]
        machine.is_held = hold
        machine.signal_all(signal.SIGKILL)
        if name.startswith("db"):
            pid_file = FOLDER / name / "postmaster.pid"
            with contextlib.suppress(OSError, ValueError, IndexError):
                os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
        assert machine.process is not None
        machine.process.wait()
        machine.ended_at = time.monotonic()

    def release(self, name: str) -> None:
        self.machines[name].start()

    def watch_for_ever(self) -> None:
        while not self.is_ending:
            for machine in list(self.machines.values()):
                if machine.is_held or machine.process is None or machine.process.poll() is None:
                    machine.ended_at = time.monotonic()
                elif time.monotonic() - machine.ended_at > RESTART_AFTER:
                    machine.start()
            time.sleep(0.2)

    def stop(self, name: str) -> None:
        machine = self.machines.pop(name)
        machine.is_held = True
        machine.signal_all(signal.SIGTERM)
        if machine.process is not None:
            try:
                machine.process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                machine.signal_all(signal.SIGKILL)

    def end(self) -> None:
        """Stop all, those in front first; PostgreSQL is stopped by its Patroni."""
        self.is_ending = True
        for name in reversed(list(self.machines)):
            self.stop(name)


def follows(cluster: Cluster, number: int) -> bool:
    try:
        with cluster.administrator("postgres", ports.postgres(number)) as administrator:
            return bool(administrator.execute("SELECT status = 'streaming' FROM pg_stat_wal_receiver").fetchone())
    except psycopg.Error:
        return False


def asked(url: str, timeout: float = 5.0) -> tuple[int, str]:
    """Return status and body; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode("utf-8", "replace")
    except OSError:
        return 0, ""


def until(holds: Callable[[], object], seconds: float, what: str) -> float:
    """Wait; return the seconds that it took. Raises `TimeoutError` that says what did not come about."""
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"After {seconds:.0f} s {what}; see {FOLDER / 'logs'}.")
        time.sleep(0.2)
    return time.monotonic() - began
