"""`import_incidents`: rows of our own become reports and drafts, once; and the pairs that it leaves at the desk."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from archive import following
from archive.models import Article, Capture, Passage, Source, User
from incidents import curation
from incidents.errors import CurationError, InvalidError
from incidents.likeness.pairs import note_pairs, say_apart
from incidents.models import Claim, IdentifierScheme, Incident, IncidentIdentifier, LikelyPair, PairVerdict
from tests.factories.archive import CountryFactory, PlaceFactory
from tests.factories.incidents import ActorFactory, FacilityTypeFactory
from tests.integration.incidents.conftest import signed_in

pytestmark = pytest.mark.django_db
MAP = """
[data_set]
name = "Our own list"
scheme = "our-list"
scheme_name = "Our list"
identifier = "id"
working_title = "note"
[date]
column = "day"
formats = ["%d/%m/%Y"]
[place]
lat = "y"
lon = "x"
[[claims]]
aspect = "actor"
column = "who"
[claims.values]
guards = "guards"
[[claims]]
aspect = "facility_type"
column = "what"
[[claims]]
aspect = "killed"
column = "dead"
group = "civilians"
"""
HEAD = "id,day,y,x,who,what,dead,note\n"
ONE = "a1,03/02/2019,35.51,36.5,guards,mill,3,A test of ours\n"
SAME = "a2,03/02/2019,35.5,36.51,guards,mill,4,The same told again\n"
FAR = "a3,09/09/2019,35.5,36.5,,,,اختبار من عندنا\n"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A town, an actor, a kind of facility, and the map beside the file that is to be written."""
    PlaceFactory(pcode="C1", name_en="Milltown", parent=CountryFactory())
    ActorFactory(slug="guards", name_en="The guards")
    FacilityTypeFactory(slug="mill", name_en="Mill")
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    return tmp_path / "rows.csv"


def run(path: Path, rows: str, *options: str, mapped: str = "map.toml") -> tuple[list[str], int]:
    """What the command prints of a file with these rows, and its exit status."""
    path.write_text(HEAD + rows, encoding="utf-8-sig")
    out, status = StringIO(), 0
    try:
        call_command("import_incidents", str(path), "--map", str(path.with_name(mapped)), *options, stdout=out)
    except SystemExit as end:
        status = int(str(end.code))
    except CommandError as error:
        return [str(error)], error.returncode
    return out.getvalue().splitlines(), status


def counts() -> list[int]:
    models = (Article, Capture, Passage, Incident, Claim, IncidentIdentifier, LikelyPair, IdentifierScheme, Source)
    return [model.objects.count() for model in models]


def test_rows_become_reports_and_drafts_once(world: Path) -> None:
    lines, status = run(world, ONE + SAME + FAR)
    assert status == 0
    assert [line.split()[0] for line in lines[:3]] == ["added"] * 3
    assert lines[-1].startswith("3 rows: 3 added, 0 new capture, 0 already there, 0 refused. 1 pairs may be")
    incident = Incident.objects.get(identifiers__value="a1", identifiers__scheme="our-list")
    assert (incident.status, incident.working_title) == ("draft", "A test of ours")
    claims = {claim.aspect: claim for claim in incident.claims.with_evidence()}
    quotes = {aspect: claim.passage.exact for aspect, claim in claims.items()}
    assert quotes == {
        "occurred": "day: 03/02/2019",
        "place": "y: 35.51\nx: 36.5",
        "actor": "who: guards",
        "facility_type": "what: mill",
        "killed": "dead: 3",
    }
    assert (claims["killed"].count_low, claims["killed"].group) == (3, "civilians")
    assert claims["place"].place.pcode == "C1"
    assert "1.1 km away" in claims["place"].reasoning
    text = claims["killed"].passage.text_version
    assert text.text.splitlines()[0] == "id: a1"
    assert text.article.source.kind == "dataset"
    assert IdentifierScheme.objects.get(slug="our-list").is_public
    pair = LikelyPair.objects.get()
    assert {pair.earlier.working_title, pair.later.working_title} == {"A test of ours", "The same told again"}
    before = counts()
    lines, status = run(world, ONE + SAME + FAR)
    assert status == 0
    assert lines[-1] == "3 rows: 0 added, 0 new capture, 3 already there, 0 refused."
    assert counts() == before


def test_changed_row_is_a_new_text_and_no_new_incident(world: Path) -> None:
    run(world, ONE)
    lines, status = run(world, ONE.replace(",3,", ",5,"))
    assert status == 0
    assert "the row was changed" in lines[0]
    article = Article.objects.get()
    assert article.texts.count() == 2
    assert Incident.objects.count() == 1
    assert Claim.objects.get(aspect="killed").count_low == 3
    assert "dead: 3" in [row.passage.exact for row in following.to_look_at()]
    lines, _ = run(world, ONE.replace(",3,", ",5,"))
    assert lines[0].startswith("already there")


def test_bad_rows_are_refused_and_the_rest_is_in(world: Path) -> None:
    wrong = "b1,31/02/2019,,,,,,\n,01/02/2019,,,,,,\nb3,01/02/2019,,,strangers,,,\nb4,01/02/2019,12,12,,,,\n"
    lines, status = run(world, wrong + ONE + ONE.replace("guards", ""))
    assert status == 1
    assert [line.split()[0] for line in lines[:-1]] == [*["refused"] * 4, "added", "refused"]
    assert "rows.csv:2: column day: “31/02/2019” is no date" in lines[0]
    assert "identifier of row 6" in lines[5]
    assert (Article.objects.count(), Incident.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("%d/%m/%Y", "%Y-%m-%d", "no row has a date that can be read"),
        ('column = "day"', 'column = "date"', "it has no column 'date'"),
        ('guards = "guards"', 'guards = "gards"', "There is no actor “gards”."),
        ('scheme = "our-list"', "", "scheme: a text is needed"),
    ],
)
def test_map_that_does_not_fit_stops_before_anything_is_written(world: Path, old: str, new: str, told: str) -> None:
    world.with_name("map.toml").write_text(MAP.replace(old, new), encoding="utf-8")
    before = counts()
    lines, status = run(world, ONE + SAME)
    assert status == 2
    assert told in lines[0]
    assert counts() == before


def test_unusable_arguments(world: Path) -> None:
    assert run(world, ONE, "--by", "nobody")[1] == 2
    assert run(world, ONE, mapped="none.toml")[1] == 2
    assert not Article.objects.exists()


def test_rehearsal_shows_the_first_rows_and_writes_nothing(world: Path) -> None:
    before = counts()
    lines, status = run(world, ONE + ",,,,,,,x\n" + "".join(ONE.replace("a1", f"c{n}") for n in range(6)), "--dry-run")
    assert status == 1
    assert lines[0] == "rows.csv:2: a1  A test of ours"
    assert "killed" in "".join(lines)
    assert "<- “dead: 3”" in "".join(lines)
    assert lines[-1] == "Would be: 7 added, 0 already there, 1 refused. Nothing was written."
    assert counts() == before


def test_run_that_was_cut_off_is_completed(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("incidents.data_sets.importing.note_pairs", cut_off)
        _lines, status = run(world, ONE + SAME)
    assert status == 130
    assert not Incident.objects.exists()
    _lines, status = run(world, ONE + SAME)
    assert status == 0
    assert Incident.objects.count() == Article.objects.count() == 2


def test_identifier_that_an_editor_gave_or_ended(world: Path) -> None:
    run(world, ONE)
    known = IncidentIdentifier.objects.get()
    curation.end_identifier(known, by=None, seen=known.lock_version, reason="A test.")
    assert run(world, ONE)[0][0].startswith("already there")
    by_hand = curation.create_incident(by=None, scope="attack")
    curation.add_identifier(by_hand, by=None, scheme=IdentifierScheme.objects.get(), value="a3")
    (line, _), _ = run(world, FAR)
    assert by_hand.code in line
    assert "its report is new" in line
    assert by_hand.claims.count() == 0


def test_pairs_are_worked_off_at_the_desk(world: Path, editor_client: Client, reviewer: User) -> None:
    run(world, ONE + SAME + SAME.replace("a2", "a4"))
    assert LikelyPair.objects.count() == 3
    listed = editor_client.get(reverse("desk:pairs"))
    assert listed.context["page"].paginator.count == 3
    work = editor_client.get(reverse("admin:index")).content.decode()
    first = LikelyPair.objects.to_decide().first()
    address = reverse("desk:pair", args=[first.pk])
    assert address in work
    shown = editor_client.get(address).content.decode()
    assert "dead: 3" in shown or "dead: 4" in shown
    assert f"?survivor={first.earlier.code}" not in shown
    assert f"?survivor={first.earlier.code}" in signed_in(reviewer).get(address).content.decode()
    assert editor_client.post(address, {"reason": " "}).status_code == 409
    answer = editor_client.post(address, {"reason": "Two mills."})
    assert answer.status_code == 302
    assert PairVerdict.objects.get().pair == first
    again = editor_client.post(address, {"reason": "Once more."})
    assert again.status_code == 409
    assert "It was decided before: Two mills." in again.content.decode()
    assert "Two mills." in editor_client.get(reverse("desk:pairs")).content.decode()
    other = LikelyPair.objects.to_decide().first()
    curation.merge(other.later, into=other.earlier, by=reviewer, reason="The same.")
    assert other not in LikelyPair.objects.to_decide()
    with pytest.raises(CurationError):
        say_apart(other, by=reviewer, reason="Too late.")
    with pytest.raises(InvalidError):
        say_apart(other, by=reviewer, reason="")


def test_pairs_stay(world: Path) -> None:
    run(world, ONE + SAME)
    pair = LikelyPair.objects.get()
    assert note_pairs(pair.later, by=None) == [pair]
    for change in ("UPDATE incidents_likelypair SET score = 0", "DELETE FROM incidents_likelypair"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
