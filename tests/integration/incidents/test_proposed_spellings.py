"""Spellings of places: proposed at the desk, remembered for the place once accepted."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from archive import gazetteer, spellings
from archive.gazetteer import autocomplete
from archive.gazetteer.index import everything
from archive.locking import StaleRowError
from archive.models import Place, PlaceName, ProposedSpelling, User
from archive.spellings import SpellingError
from incidents.models import Claim
from tests.factories.archive import PlaceFactory, TextVersionFactory
from tests.factories.people import person

pytestmark = pytest.mark.django_db
TEXT = "A text made up for this test. A mill in Weirbanksa burned, the wardens said."


@pytest.fixture
def administrator(db: None) -> User:
    return person("Administrator")


@pytest.fixture
def town(db: None) -> Place:
    return PlaceFactory(pcode="C901", name_en="Quayham")


def found(words: str) -> list[Place]:
    return [match.place for match in gazetteer.resolve(words).matches]


def mentioned(text: str) -> list[str]:
    return [span.exact for span in everything().finder.find(text)]


def test_accepted_spelling_is_remembered(town: Place, editor: User, administrator: User) -> None:
    proposal = spellings.propose(by=editor, place=town, name="Weirbanksa")
    assert town not in autocomplete.places("Weirbanksa")
    assert mentioned(TEXT) == []

    spellings.accept(proposal, by=administrator, seen=proposal.lock_version)

    assert list(autocomplete.places("Weirbanksa")) == [town]
    assert found("Weirbanksa") == [town]
    assert mentioned(TEXT) == ["Weirbanksa"]
    name = PlaceName.objects.get(place=town, name="Weirbanksa")
    assert (name.source, name.script, name.created_by) == ("editors", "Latn", administrator)
    assert spellings.propose(by=editor, place=town, name="weirbanksa") is None


def test_same_spelling_is_one_proposal(town: Place, editor: User) -> None:
    first = spellings.propose(by=editor, place=town, name="Weirbanksa")
    assert spellings.propose(by=person("Editor"), place=town, name=" weirbanksa ") == first


def test_refused_spelling_says_why(town: Place, editor: User, administrator: User) -> None:
    proposal = spellings.propose(by=editor, place=town, name="Weirbanksa")
    with pytest.raises(SpellingError):
        spellings.refuse(proposal, by=administrator, seen=proposal.lock_version, reason=" ")
    with pytest.raises(StaleRowError):
        spellings.accept(proposal, by=administrator, seen=proposal.lock_version + 1)
    spellings.refuse(proposal, by=administrator, seen=proposal.lock_version, reason="It is another town.")

    with pytest.raises(SpellingError, match="another town"):
        spellings.propose(by=editor, place=town, name="Weirbanksa")
    with pytest.raises(DatabaseError), transaction.atomic():
        ProposedSpelling.objects.update(standing="accepted")
    assert not PlaceName.objects.filter(name="Weirbanksa").exists()


@pytest.mark.parametrize("name", ["", "\u202e", "a\0b", "a" * 201, "!?"])
def test_what_is_no_spelling_is_refused(town: Place, editor: User, name: str) -> None:
    with pytest.raises(SpellingError):
        spellings.propose(by=editor, place=town, name=name)


@pytest.mark.django_db(transaction=True)
def test_two_editors_propose_the_same_at_once() -> None:
    place, people = PlaceFactory(), [person("Editor"), person("Editor")]

    def run(user: User) -> int:
        try:
            return spellings.propose(by=user, place=place, name="Weirbanksa").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(run, people * 3))) == 1


def test_desk_proposes_and_administrator_accepts(
    editor_client: Client, administrator_client: Client, town: Place
) -> None:
    text = TextVersionFactory(text=TEXT)
    start = TEXT.index("Weirbanksa")
    position = {"quote": "Weirbanksa", "start": str(start), "end": str(start + 10), "text_sha256": text.sha256}
    new = {"incident": "new", "working_title": "The mill", "scope": "attack", "stance": "asserts"}
    given = {**position, **new, "aspect": "place", "place": town.pcode, "place_precision": "in"}
    desk = reverse("desk:article", args=[text.article.public_id])

    refused = editor_client.post(desk, {**given, "place_spelling": "!?"})
    assert refused.status_code == 409
    assert "Write the spelling" in refused.text
    editor_client.post(desk, {**given, "place_spelling": "Weirbanksa"})
    assert Claim.objects.get().place == town
    proposal = ProposedSpelling.objects.get()
    address = reverse("desk:spelling", args=[proposal.pk])
    assert address in administrator_client.get(reverse("desk:terms")).text
    assert administrator_client.get(address).status_code == 200
    assert editor_client.get(address).status_code == 403

    empty = administrator_client.post(address, {"act": "refuse", "lock_version": "1", "reason": ""})
    assert empty.status_code == 409
    administrator_client.post(address, {"act": "accept", "lock_version": "1"})

    assert PlaceName.objects.filter(place=town, name="Weirbanksa").exists()
    assert "Weirbanksa" in editor_client.get(reverse("desk:terms")).text
