"""For how long something is shown that is withdrawn or embargoed: a replica is a minute late, messages are lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from cluster import ports
from cluster.machines import Cluster
from cluster.reading import ask

WAYS = {"Varnish": ports.VARNISH, "web1": ports.web(1), "web2": ports.web(2)}
DELAY = 60  # seconds that a replica replays late
TOLD, UNTOLD = 12.0, 75.0  # seconds: docs/adr/0065 where Varnish is told, and not, and a little for a busy machine
SUBJECTS = """
SELECT i.code, left(p.exact, 30), a.public_id, a.title FROM incidents_incident i
JOIN incidents_claim c ON c.incident_id = i.id JOIN archive_passage p ON p.id = c.passage_id
JOIN archive_textversion t ON t.id = p.text_version_id JOIN archive_article a ON a.id = t.article_id
WHERE i.status = 'published' AND a.visibility = 'public' AND p.exact !~ '[<>&''"]' AND a.title !~ '[<>&''"]'
ORDER BY i.id, c.id
"""
WITHDRAW = """
from incidents import curation
from incidents.models import Incident
curation.withdraw(Incident.objects.get(code={code!r}), by=None, reason="A trial.")
"""


@dataclass
class Subject:
    """``last_seen`` is when (`time.time`) each way last showed the words."""

    path: str
    words: str
    last_seen: dict[str, float]
    gone_at: float = 0.0

    def look(self) -> None:
        for way, port in WAYS.items():
            answer = ask(port, self.path, keeps_body=True)
            if self.words in answer.body:
                self.last_seen[way] = time.time() - (time.monotonic() - answer.ended)

    def shown_for(self) -> dict[str, float]:
        """Seconds after it was taken away, by way; those that showed it no more are left out."""
        return {way: at - self.gone_at for way, at in self.last_seen.items() if at > self.gone_at}

    @property
    def longest(self) -> float:
        return max(self.shown_for().values(), default=0.0)


def late(cluster: Cluster) -> tuple[list[tuple[str, str]], list[str]]:
    """All replicas begin to be late; at that moment, when they still count as fit, things are taken away."""
    rows, wrong = [], []
    with cluster.administrator() as administrator:
        found = administrator.execute(SUBJECTS).fetchall()
    code, quote = found[0][:2]
    article, title = next((one[2], one[3]) for one in found if one[0] != code)
    withdrawn = Subject(f"/incidents/{code}/", quote, {})
    embargoed = Subject(f"/articles/{article}/", title, {})
    replicas = cluster.replicas()
    for subject in (withdrawn, embargoed):
        subject.look()
        if len(subject.last_seen) < len(WAYS):
            wrong.append(f"{subject.path} was not shown before it was taken away")
    try:
        for one in replicas:
            delay(cluster, one, DELAY)
        with ThreadPoolExecutor(1) as elsewhere:
            done = elsewhere.submit(take_away, cluster, code, embargoed, article)
            watch([withdrawn, embargoed], DELAY + 30)
            done.result()
        with cluster.administrator() as administrator:
            asked = "SELECT extract(epoch FROM closed_at)::float8 FROM incidents_incident WHERE code = %s"
            withdrawn.gone_at = administrator.execute(asked, [code]).fetchone()[0]  # type: ignore[index]
        for subject, what in ((withdrawn, "a withdrawn incident"), (embargoed, "an embargoed report")):
            seen = ", ".join(f"{way} {seconds:.1f} s" for way, seconds in subject.shown_for().items()) or "nowhere"
            rows.append((f"all replicas are {DELAY} s late: {what} is still shown by", seen))
            if subject.longest > TOLD:
                wrong.append(f"{what} was shown for {subject.longest:.1f} s")
    finally:
        for one in replicas:
            delay(cluster, one, 0)
    return rows + untold(cluster, wrong), wrong


def take_away(cluster: Cluster, code: str, embargoed: Subject, article: str) -> None:
    embargo(cluster, article)
    embargoed.gone_at = time.time()
    cluster.manage("shell", "--no-imports", "-c", WITHDRAW.format(code=code))


def untold(cluster: Cluster, wrong: list[str]) -> list[tuple[str, str]]:
    """The same where nobody tells Varnish."""
    with cluster.administrator() as administrator:
        article, title = administrator.execute(SUBJECTS).fetchall()[-1][2:]
    one = Subject(f"/articles/{article}/", title, {})
    cluster.kill("purge", hold=True)
    try:
        one.look()
        embargo(cluster, article)
        one.gone_at = time.time()
        watch([one], UNTOLD + 5)
    finally:
        cluster.release("purge")
    if one.longest > UNTOLD:
        wrong.append(f"an embargoed report was shown for {one.longest:.1f} s, as nobody told Varnish")
    return [("nobody tells Varnish: an embargoed report is still shown for", f"{one.longest:.0f} s")]


def embargo(cluster: Cluster, article: str) -> None:
    with cluster.administrator() as administrator:
        administrator.execute(
            "UPDATE archive_article SET visibility = 'embargoed', visibility_reason = 'A trial.', "
            "public_from = '2999-01-01' WHERE public_id = %s",
            [article],
        )


def watch(subjects: list[Subject], seconds: float) -> None:
    began = time.monotonic()
    while time.monotonic() < began + seconds:
        for one in subjects:
            one.look()
        time.sleep(0.2)


def delay(cluster: Cluster, number: int, seconds: int) -> None:
    with cluster.administrator("postgres", ports.postgres(number)) as administrator:
        administrator.execute(f"ALTER SYSTEM SET recovery_min_apply_delay = '{seconds}s'")
        administrator.execute("SELECT pg_reload_conf()")
