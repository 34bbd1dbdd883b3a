"""The command `suggest`, and the reader of the database. Texts of our own making; none tells of a real attack."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from archive.models import Article, Capture, TextVersion
from incidents.suggestions import suggestions_for
from incidents.terms import Aspect
from tests.factories.archive import TextVersionFactory
from tests.factories.incidents import ActorFactory, SpeakerFactory, WeaponFactory

TEXT = "A test of ours.\n\nRussian air strikes on Monday killed at least four civilians, the Observatory said."

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> tuple[list[dict], str, int]:
    """The JSON lines, what was said on standard error, and the exit status."""
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("suggest", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        status = end.code
    except CommandError as error:
        return [], str(error), error.returncode
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), status


@pytest.fixture
def vocabulary() -> None:
    ActorFactory(slug="russian-armed-forces", name_en="Russian Armed Forces")
    WeaponFactory(slug="air-strike", name_en="air strike")
    SpeakerFactory(slug="sohr", name_en="Syrian Observatory for Human Rights")


def said(line: dict) -> tuple:
    (attack,) = line["attacks"]
    return attack["occurred"], attack["actors"], attack["weapons"], attack["killed"]


EXPECTED = (
    {"edtf": "2016-05-30", "from": "2016-05-30", "to": "2016-05-30"},
    ["russian-armed-forces"],
    ["air-strike"],
    [{"low": 4, "high": None, "group": "civilians", "speaker": "sohr"}],
)


def test_command_reads_files_and_stores_nothing(tmp_path, vocabulary):
    (tmp_path / "report.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_bytes(b"")
    lines, errors, status = run("--file", tmp_path, "--published", "2016-06-01")
    assert status == 1
    assert "empty.txt" in errors
    assert said(lines[0]) == EXPECTED
    passage = lines[0]["attacks"][0]["passages"][-1]
    assert passage["exact"] == "at least four civilians"
    assert not any(model.objects.exists() for model in (Article, Capture, TextVersion))


def test_command_reads_articles_of_the_archive(vocabulary):
    text = TextVersionFactory(text=TEXT, article__published_on=date(2016, 6, 1))
    lines, errors, status = run(text.article.public_id, "nosuchid")
    assert (said(lines[0]), status) == (EXPECTED, 1)
    assert "nosuchid" in errors
    assert lines[0]["published"] == "2016-06-01"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [((), "--file PATH"), (("--file", "/no/such/file"), "does not exist"), (("--map", "/no/such", "x"), "--map")],
)
def test_command_says_what_is_wrong_with_its_arguments(arguments, message):
    lines, error, status = run(*arguments)
    assert (lines, status) == ([], 2)
    assert message in error


def test_reader_takes_in_a_term_that_was_added_or_changed(vocabulary):
    text = TextVersionFactory(text="A zorgblast hit the mill, killing two.")
    assert not any(
        each.aspect is Aspect.WEAPON for attack in suggestions_for(text).attacks for each in attack.suggestions
    )
    weapon = WeaponFactory(slug="zorgblast", name_en="zorgblast")
    assert [each.value for each in suggestions_for(text).attacks[0].of(Aspect.WEAPON)] == ["zorgblast"]
    type(weapon).objects.filter(pk=weapon.pk).update(name_en="something else")
    assert not list(suggestions_for(text).attacks[0].of(Aspect.WEAPON))
