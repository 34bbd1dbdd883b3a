"""`manage.py verify` names whatever is not what it was, and leaves its result where people look."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from archive import intake, verifying
from archive.models import Capture, CustodyEvent, Passage, TextVersion, User, Verification
from archive.terms import CustodyAct
from archive.verifying import Run
from incidents import curation
from incidents.models import Edition
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, TextVersionFactory
from tests.factories.documents import record
from tests.factories.people import person
from tests.factories.publishable import publishable
from tests.factories.tampering import tamper
from tests.factories.web_archives import answer
from tests.factories.web_servers import serve
from tests.integration.archive.test_web_archives import page


def verify(*arguments: str) -> str:
    out = StringIO()
    call_command("verify", *arguments, stdout=out)
    return out.getvalue()


def wrong() -> str:
    """What `verify --all` says of an archive in which something differs."""
    out = StringIO()
    with pytest.raises(CommandError, match="findings"):
        call_command("verify", "--all", stdout=out)
    return out.getvalue()


def filled() -> Edition:
    """Three reports, a passage of one of them, and an edition that cites it."""
    for number in range(3):
        text = f"Shells fell on the old mill at noon of day {number}. Nobody was inside."
        list(intake.receive_all([record(text=text, raw=text.encode(), url=f"https://mill.example/{number}")], by=None))
    passage = PassageFactory(text_version=TextVersion.objects.first(), exact="Nobody was inside")
    editor = person("Editor")
    incident = publishable(editor)
    curation.make_claim(
        incident=incident, by=editor, aspect="killed", count_low=0, group="people", passage=passage, judgement=""
    )
    warnings = {warning.key: "It is as the council told." for warning in curation.warnings(incident)}
    return reviewed.publish(incident, note="First edition.", kept=warnings)


@pytest.mark.django_db
def test_nothing_differs() -> None:
    filled()

    said = verify("--all")

    assert "Looked at 3 captures, 3 texts, 1 editions, 6 log." in said
    kept = Verification.objects.get()
    assert (kept.is_whole, kept.finding_count, kept.counts) == (
        True, 0, {"captures": 3, "texts": 3, "editions": 1, "log": 6},
    )  # fmt: skip
    assert CustodyEvent.objects.last().event == CustodyAct.VERIFIED


@pytest.mark.django_db(transaction=True)
def test_every_flipped_byte_is_named() -> None:
    edition = filled()
    capture = Capture.objects.all()[1]
    text = TextVersion.objects.first()
    passage = Passage.objects.get()
    tamper(
        "archive_capturebytes",
        "UPDATE archive_capturebytes SET data = set_byte(data, 3, get_byte(data, 3) # 1) WHERE sha256 = %s",
        capture.bytes_id,
    )
    tamper(
        "archive_textversion",
        "UPDATE archive_textversion SET text = replace(text, 'Nobody', 'Nobady') WHERE id = %s",
        text.pk,
    )
    tamper(
        "incidents_edition",
        """UPDATE incidents_edition SET content = jsonb_set(content, '{note}', '"First edition!"') WHERE id = %s""",
        edition.pk,
    )
    tamper(
        "archive_custodyevent",
        """UPDATE archive_custodyevent SET details = replace(details, '"number":1', '"number":3') WHERE number = %s""",
        4,
    )

    said = wrong()

    article = capture.article.public_id
    assert f"capture {capture.bytes_id} of article {article}: the SHA-256 of its bytes is " in said
    assert f"text 1 of article {text.article.public_id}: its SHA-256 is " in said
    assert f"passage {passage.public_id}: its text has “Nobady was inside” at " in said
    assert f"edition {edition.incident.code} v1: the SHA-256 of its content is " in said
    assert "line 4 of the log: its hash is not that of what it says" in said
    lines = [line for line in said.splitlines() if ": " in line]
    assert len(lines) == 5
    kept = Verification.objects.get()
    assert kept.finding_count == 5
    assert {finding["name"] for finding in kept.findings} == {line.split(": ")[0] for line in lines}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("table", "sql", "says"),
    [
        ("archive_capture", "UPDATE archive_capture SET size = 5 WHERE id = (SELECT min(id) FROM archive_capture)",
         "bytes, not 5"),
        ("archive_textversion", "UPDATE archive_textversion SET length = 5 WHERE text LIKE '%%day 1%%'",
         "characters, not 5"),
        ("archive_passage", "UPDATE archive_passage SET prefix = 'x'", "other words around it"),
        ("archive_passage", "UPDATE archive_passage SET exact = 'Nobody was outsid'", "the archive has other words"),
        ("archive_custodyevent", "DELETE FROM archive_custodyevent WHERE number = 3", "1 lines before it are missing"),
        ("archive_custodyevent", "UPDATE archive_custodyevent SET hash = repeat('0', 64) WHERE number = 2",
         "line 3 of the log: it does not follow the line before it"),
        ("archive_custodyevent", "UPDATE archive_custodyevent SET at = at - interval '1 day' WHERE number = 2",
         "line 2 of the log: its hash"),
        ("archive_custodyevent", "UPDATE archive_custodyevent SET salt = 'x' WHERE number = 2",
         "line 2 of the log: its hash"),
    ],
)  # fmt: skip
def test_what_else_may_differ_is_named(table: str, sql: str, says: str) -> None:
    filled()
    tamper(table, sql)

    assert says in wrong()


@pytest.mark.django_db(transaction=True)
def test_flipped_byte_of_a_kept_web_page_is_named_with_its_record(settings) -> None:
    """In the page's answer and in the request beside it, as the archive fetched them."""
    settings.FETCH_DELAY, settings.FETCH_SECONDS, settings.FETCH_HEEDS_ROBOTS = 0, 10, False
    with serve({"/one": answer(page("One.")), "/two": answer(page("Two."))}) as served:
        settings.FETCH_INTERNAL = [served.authority]
        for path in ("/one", "/two"):
            call_command("import_articles", f"{served.url}{path}", stdout=StringIO())
    assert "Nothing differs." in verify("--all")
    of_answer, of_request = Capture.objects.order_by("pk")
    for capture, words in ((of_answer, b"old mill"), (of_request, b"GET /two")):
        at = bytes(capture.bytes.data).index(words)
        tamper(
            "archive_capturebytes",
            "UPDATE archive_capturebytes SET data = set_byte(data, %s, get_byte(data, %s) # 1) WHERE sha256 = %s",
            at, at, capture.bytes_id,
        )  # fmt: skip

    said = wrong()

    damaged = "the block is not the one whose digest the file states: it was damaged or changed"
    for capture, kind in ((of_answer, "response"), (of_request, "request")):
        name = f"capture {capture.bytes_id} of article {capture.article.public_id}"
        assert f"{name}: the SHA-256 of its bytes is " in said
        assert f"({kind} of {capture.final_url}): {damaged}" in said
    assert "the payload is not the one whose digest the file states" in said
    assert "none of its records has the page of SHA-256" in said


@pytest.mark.django_db
def test_copy_of_which_the_log_knows_nothing_is_named() -> None:
    text = TextVersionFactory()

    said = wrong()

    assert f"capture {text.capture.bytes_id} of article {text.article.public_id}: the log does not tell" in said
    assert f"text 1 of article {text.article.public_id}: the log does not tell" in said


@pytest.mark.django_db
def test_short_runs_go_round() -> None:
    """Each goes on where the last one stopped, and after the last row comes the first again."""
    filled()
    rows = {"captures": 3, "texts": 3, "editions": 1}
    looked_at = []
    for _ in range(3 + 3 + 1 + 1):
        run = Run(seconds=0)
        assert list(run.look()) == [[]]
        kept = run.keep()
        assert not kept.is_whole
        looked_at.append((kept.reached_kind, *kept.counts))

    assert [kind for kind, *_ in looked_at] == [*(kind for kind, n in rows.items() for _ in range(n)), "log"]
    rest = Run(seconds=60)
    list(rest.look())
    kept = rest.keep()
    assert kept.is_whole
    assert kept.counts == {**rows, "log": CustodyEvent.objects.count() - 1}  # all but the line that this run wrote


@pytest.mark.django_db
def test_result_is_where_people_look(client: Client) -> None:
    assert client.get("/readyz").json()["warnings"]["verify"] == "was never made"
    TextVersionFactory()
    wrong()

    told = client.get("/readyz").json()
    assert "verify" in told["holding"]
    assert told["details"]["findings"] == "2 findings"
    admin = User.objects.create_superuser("boss", password="correct horse battery")
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/").content.decode()
    assert "2 findings" in page
    assert "the log does not tell that it was received" in page
    client.force_login(person("Editor"), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/").content.decode()
    assert "2 findings" in page
    assert "the log does not tell that it was received" not in page


@pytest.mark.django_db
def test_minutes_are_more_than_none() -> None:
    with pytest.raises(CommandError, match="more than 0"):
        verify("--minutes", "0")


@pytest.mark.django_db
def test_empty_archive() -> None:
    assert "Looked at nothing." in verify()
    assert verifying.last_whole() == Verification.objects.get()
