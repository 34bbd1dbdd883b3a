"""Kill things and count: `make cluster-test`. Each part returns lines of the table, and what is not as it must be."""

import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from itertools import cycle, islice, pairwise

import psutil

from cluster import ports, withdrawing
from cluster.machines import FOLDER, ROOT, Cluster, until
from cluster.reading import Poller, as_many_as_possible, ask, by_zipf, never_twice
from drill.report import keep

FIGURES = FOLDER / "figures.json"  # of each part, as it ran last
READERS_AT_MOST, EDITORS_AT_MOST = 2.0, 30.0  # seconds of errors
LISTS = ["/incidents/", "/articles/", "/ar/incidents/", "/incidents.csv"]
KEPT = ["/", "/incidents/", "/map/", "/ar/", "/towns/"]
CHANGE = "UPDATE archive_source SET name_en = name_en || '.' WHERE id = (SELECT min(id) FROM archive_source)"
Rows = list[tuple[str, str]]


def run(cluster: Cluster, say: Callable[[str], None], *, only: str, write: bool) -> int:
    figures: dict[str, Rows] = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    wrong: list[str] = []
    for name, part in PARTS.items():
        if only and name not in only.split(","):
            continue
        say(f"{name} …")
        made, lacking = part(cluster)
        for line in made:
            say(f"  {line[0]:<70} {line[1]}")
        figures[name] = made
        FIGURES.write_text(json.dumps(figures))
        wrong += lacking
    for line in wrong:
        say(f"WRONG: {line}")
    if write:
        keep(
            "cluster",
            [(line, figure) for name in PARTS for line, figure in figures.get(name, [])],
            note=" for all of it, shared with other programs",
        )
    return 1 if wrong else 0


def failover(cluster: Cluster) -> tuple[Rows, list[str]]:
    """The machine of the primary loses its power, under a publication a second; then it comes back."""
    leader = cluster.leader()
    assert leader is not None
    with ExitStack() as stack:
        pollers = {
            "pages kept by Varnish": Poller(ports.VARNISH, cycle(KEPT)),
            "pages that are made": Poller(ports.VARNISH, never_twice(LISTS), every=0.2),
            "editors' pages": Poller(ports.VARNISH, cycle(["/admin/login/"]), every=0.5),
        }
        for one in pollers.values():
            stack.enter_context(one)
        command = [sys.executable, "-W", "ignore", "-m", "cluster.publishing"]
        publisher = subprocess.Popen(command, cwd=ROOT, env=cluster.environment, stdout=subprocess.PIPE, text=True)
        assert publisher.stdout is not None
        told: list[dict[str, object]] = [json.loads(line) for line in islice(publisher.stdout, 12)]
        killed_at = time.time()
        cluster.kill(f"db{leader}", hold=True)
        for line in publisher.stdout:
            told.append(json.loads(line))
            if time.time() > killed_at + 20 and "acknowledged" in told[-1]:
                break
        told += [json.loads(line) for line in islice(publisher.stdout, 10)]
        publisher.terminate()
        told += [json.loads(line) for line in publisher.stdout]
        publisher.wait()
    acknowledged = {str(one["acknowledged"]): float(str(one["at"])) for one in told if "acknowledged" in one}
    again = min(at for at in acknowledged.values() if at > killed_at + 0.2) - killed_at
    gap = max_gap([at for at in acknowledged.values() if at > killed_at - 5])
    with cluster.administrator() as administrator:
        asked = "SELECT note, count(*) FROM incidents_edition WHERE note LIKE 'Trial %' GROUP BY note"
        there = dict(administrator.execute(asked).fetchall())
    lost = acknowledged.keys() - there.keys()
    doubled = [note for note, count in there.items() if count > 1]
    cluster.release(f"db{leader}")
    back = until(lambda: len(cluster.replicas()) == len(cluster.databases) - 1, 180, "the old primary does not follow")
    log = (FOLDER / "logs" / f"db{leader}.log").read_text(errors="replace")
    readers = {name: one for name, one in pollers.items() if not name.startswith("editors")}
    rows = [
        ("the primary's machine is killed: editions acknowledged", f"{len(acknowledged)} (one a second was tried)"),
        ("… lost", f"{len(lost)}"),
        ("… doubled", f"{len(doubled)}"),
        ("… publications stand still for", f"{gap:.1f} s"),
        *((f"… errors, {name}", one.told()) for name, one in pollers.items()),
        ("the old primary follows the new one after", f"{back:.0f} s{', by pg_rewind' if 'pg_rewind' in log else ''}"),
    ]
    wrong = [f"{len(lost)} editions lost"] * bool(lost) + [f"{len(doubled)} editions doubled"] * bool(doubled)
    wrong += [
        f"readers ({name}) see errors for {one.seconds_of_errors():.1f} s"
        for name, one in readers.items()
        if one.seconds_of_errors() > READERS_AT_MOST
    ]
    wrong += [f"editors wait for {gap:.1f} s"] * (max(gap, again) > EDITORS_AT_MOST)
    return rows, wrong


def max_gap(moments: list[float]) -> float:
    ordered = sorted(moments)
    return max((later - before for before, later in pairwise(ordered)), default=0.0)


def killing(cluster: Cluster) -> tuple[Rows, list[str]]:
    """A replica, a web process, HAProxy, Varnish, etcd: each is killed and comes back as systemd would let it."""
    rows, wrong = [], []
    replica = cluster.replicas()[0]
    for name, what in {
        f"db{replica}": "a replica's machine",
        "web1": "a web process",
        "haproxy": "HAProxy",
        "varnish": "Varnish",
        "purge": "what tells Varnish",
        "etcd": "etcd, the only one",
    }.items():
        with (
            Poller(ports.VARNISH, cycle(KEPT)) as kept,
            Poller(ports.VARNISH, never_twice(LISTS), every=0.2) as made,
        ):
            time.sleep(3)
            cluster.kill(name)
            time.sleep(12)
        rows.append((f"killed: {what}; errors, pages kept", kept.told()))
        rows.append((f"killed: {what}; errors, pages made", made.told()))
        is_in_front = name in ("haproxy", "varnish")
        if not is_in_front and max(kept.seconds_of_errors(), made.seconds_of_errors()) > READERS_AT_MOST:
            wrong.append(f"readers see errors for too long after {what} was killed")
        if name == "etcd":
            until(lambda: cluster.leader() is not None and cluster.has_leader(), 90, "no server leads")
        if name.startswith("db"):
            until(lambda: replica in cluster.replicas(), 90, "the replica does not follow")
    return rows, wrong


def scaling(cluster: Cluster) -> tuple[Rows, list[str]]:
    """Pages that are made, a second, while readers are answered from none, one, two, three replicas."""
    urls = cluster.environment["REPLICA_URLS"]
    leader = cluster.leader()
    replicas = [url for one, url in zip(cluster.databases, urls.split(","), strict=True) if one != leader]
    rates, shares = {}, {}
    for count in range(len(replicas) + 1):
        for name in ("web1", "web2"):
            cluster.stop(name)
        cluster.environment["REPLICA_URLS"] = ",".join(replicas[:count])
        cluster.start_site()
        as_many_as_possible(ports.HAPROXY_WEB, lambda: never_twice(LISTS[:3]), threads=2, seconds=4)
        before = processor_seconds()
        rates[count] = as_many_as_possible(ports.HAPROXY_WEB, lambda: never_twice(LISTS[:3]), threads=4, seconds=12)
        used = {name: seconds - before.get(name, 0.0) for name, seconds in processor_seconds().items()}
        shares[count] = {name: seconds / max(sum(used.values()), 0.01) for name, seconds in used.items()}
    for name in ("web1", "web2"):
        cluster.stop(name)
    cluster.environment["REPLICA_URLS"] = urls
    cluster.start_site()
    ratios = ", ".join(f"{rate / rates[0]:.2f} with {count}" for count, rate in rates.items() if count)
    most = sorted(shares[max(shares)].items(), key=lambda one: -one[1])
    limit = ", ".join(f"{name} {share:.0%}" for name, share in most if share > 0.01)
    return [
        ("lists made a second, the primary alone (two web processes)", f"{rates[0]:.1f}"),
        ("… with replicas, as ratios of that", ratios),
        ("… what the processors did (two for all, and for those who ask)", limit),
    ], []


def processor_seconds() -> Counter[str]:
    """Seconds of processor by kind of program, of all that runs here of the cluster."""
    used: Counter[str] = Counter()
    for process in psutil.process_iter(["name", "cmdline", "cpu_times"]):
        command = " ".join(process.info["cmdline"] or [])
        is_database = process.info["name"] == "postgres" and "archive" in command
        kind = "PostgreSQL" if is_database else ""
        for word, name in (("gunicorn", "web"), ("haproxy", "HAProxy"), ("-m cluster", "who asks")):
            kind = kind or (name if word in command and (word != "gunicorn" or "2800" in command) else "")
        if kind and process.info["cpu_times"]:
            used[kind] += process.info["cpu_times"].user + process.info["cpu_times"].system
    return used


def reading(cluster: Cluster) -> tuple[Rows, list[str]]:
    """Two minutes of a day of reading, at the pace of a day with a million requests and more, while things change."""
    of_incidents = "/sitemap-incidents-0.xml"
    until(lambda: "<loc>" in ask(ports.VARNISH, of_incidents, keeps_body=True).body, 60, "there is no sitemap")
    sitemap = ask(ports.VARNISH, of_incidents, keeps_body=True).body
    pages = [re.sub(r"^https?://[^/]+", "", one) for one in re.findall(r"<loc>([^<]+)</loc>", sitemap)]
    pages = [*KEPT, *LISTS, *pages, *(f"/incidents/?year={year}" for year in range(2016, 2025))]
    seconds, every, changes = 120.0, 1 / 12, 0
    ask(ports.VARNISH, "/")
    with ExitStack() as stack:
        pollers = [stack.enter_context(Poller(ports.VARNISH, by_zipf(pages, seed), every * 4)) for seed in range(4)]
        began = time.monotonic()
        while time.monotonic() < began + seconds:
            time.sleep(30)
            with cluster.administrator() as administrator:
                administrator.execute(CHANGE)
            changes += 1
    answers = [answer for one in pollers for answer in one.answers]
    hits = sum(one.is_hit for one in answers) / len(answers)
    rate = as_many_as_possible(ports.VARNISH, lambda: cycle(KEPT), threads=4, seconds=5)
    made = as_many_as_possible(ports.HAPROXY_WEB, lambda: cycle(KEPT), threads=4, seconds=8)
    return [
        (
            f"Varnish: {len(answers)} requests in {seconds:.0f} s, {len(pages)} pages (Zipf), {changes} changes: hits",
            f"{hits:.0%}",
        ),
        (
            "… kept pages a second, against the same without Varnish",
            f"{rate / max(made, 0.1):.0f} times ({rate:.0f}/s)",
        ),
    ], []


PARTS: dict[str, Callable[[Cluster], tuple[Rows, list[str]]]] = {
    "failover": failover,
    "withdrawing": withdrawing.late,
    "killing": killing,
    "scaling": scaling,
    "reading": reading,
}
