"""Restoring earlier states: whatever was done, any state can be had again, as a new change."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive import intake
from archive.history import in_order
from archive.models import Passage, User
from incidents import curation, deciding, history, name_merges, proposals
from incidents.curation import earlier_states
from incidents.curation.earlier_states.of_claims import says
from incidents.curation.earlier_states.plan import fields_of, sentence_of
from incidents.errors import CurationError, InvalidError
from incidents.models import Claim, IncidentIdentifier
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, PlaceFactory, TextVersionFactory
from tests.factories.histories import read, told
from tests.factories.incidents import (
    ActorFactory,
    ClaimFactory,
    IdentifierSchemeFactory,
    IncidentFactory,
    SpeakerFactory,
)
from tests.factories.people import person
from tests.integration.incidents.conftest import page, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Two people died in the mill town on Wednesday, the council said. Five people died, others said. Nine were hurt."
QUOTES = ("Two people died", "Five people died", "Nine were hurt")


class World:
    """An incident, what can be done to it, and what it was after each thing that was done."""

    def __init__(self) -> None:
        self.editor = person("Editor")
        text = TextVersionFactory(text=TEXT)
        self.passages = [PassageFactory(text_version=text, exact=quote) for quote in QUOTES]
        self.speakers = [None, SpeakerFactory()]
        self.scheme = IdentifierSchemeFactory(slug="others", name_en="Others")
        self.other = IncidentFactory(working_title="The weir")
        self.incident = curation.create_incident(by=self.editor, scope="attack", working_title="The mill")
        self.claim(aspect="occurred", passage=PassageFactory(text_version=text, exact="Wednesday"), edtf="2019-11-27")
        place = PlaceFactory()
        self.claim(aspect="place", passage=PassageFactory(text_version=text, exact="mill town"), place=place)
        self.states: list[tuple[str, Any]] = [self.now()]

    def claim(self, *, aspect: str, passage: Passage, edtf: str = "", **values: Any) -> None:
        dated = {"occurred_edtf": edtf} if edtf else {}
        curation.make_claim(incident=self.incident, by=self.editor, aspect=aspect, passage=passage, **dated, **values)

    def now(self) -> tuple[str, Any]:
        """The name of the last change, and all that the incident says."""
        self.incident.refresh_from_db()
        changes = in_order(head for line in history.restored_lines(self.incident) for head in line.heads())
        return changes[-1].name, self.said()

    def said(self) -> Any:
        self.incident.refresh_from_db()
        named = IncidentIdentifier.objects.filter(incident=self.incident).shown()
        return (
            fields_of(self.incident),
            sorted(str(says(claim)) for claim in self.incident.claims.all()),
            sorted(map(repr, map(sentence_of, self.incident.summary.all()))),
            sorted(row.value for row in named),
        )

    def do(self, action: str, number: int) -> None:
        try:
            getattr(self, action)(number)
        except CurationError:
            return
        self.states.append(self.now())

    # What can be done; ``number`` chooses among what there is.

    def describe(self, number: int) -> None:
        fields = {
            "working_title": f"Mill {number}",
            "note": "x" * (number % 3),
            "scope": ("attack", "series")[number % 2],
        }
        curation.change_incident(self.incident, by=self.editor, seen=self.incident.lock_version, **fields)

    def count(self, number: int) -> None:
        values: dict[str, Any] = {"count_low": number % 4, "count_high": number % 4 + number % 2, "group": "people"}
        speaker = self.speakers[number % 2]
        self.claim(
            aspect=("killed", "injured")[number % 2], passage=self.passages[number % 3], speaker=speaker, **values
        )

    def change(self, number: int) -> None:
        if claim := self.chosen(self.incident.claims.filter(aspect__in=["killed", "injured"]), number):
            values = {"count_low": number % 5, "count_high": number % 5, "aspect": ("killed", "injured")[number % 2]}
            given = {**values, "group": "people", "passage": self.passages[number % 3], "reasoning": "r" * (number % 2)}
            curation.change_claim(claim, by=self.editor, seen=claim.lock_version, reason="Misread.", **given)

    def locate(self, number: int) -> None:
        """Give the place a point, move it, or take it away."""
        if claim := self.chosen(self.incident.claims.filter(aspect="place"), number):
            point = {"latitude": f"35.6{number % 3}", "longitude": "36.5", "within_m": 100 + number % 2}
            values = point if number % 4 else dict.fromkeys(point)
            curation.change_claim(claim, by=self.editor, seen=claim.lock_version, reason="Of a map.", **values)

    def rank(self, number: int) -> None:
        if claim := self.chosen(self.incident.claims.all(), number):
            rank = ("preferred", "normal", "deprecated")[number % 3]
            curation.rank_claim(claim, by=self.editor, seen=claim.lock_version, rank=rank)

    def remove(self, number: int) -> None:
        if claim := self.chosen(self.incident.claims.filter(aspect__in=["killed", "injured"]), number):
            curation.remove_claims([(claim, claim.lock_version)], by=self.editor, reason="Of another day.")

    def move(self, number: int) -> None:
        if claim := self.chosen(self.incident.claims.filter(aspect__in=["killed", "injured"]), number):
            curation.change_claim(
                claim, by=self.editor, seen=claim.lock_version, reason="Of the weir.", incident=self.other
            )

    def write(self, number: int) -> None:
        passages = self.passages[: number % 3]
        curation.add_sentence(self.incident, by=self.editor, text_en=f"Sentence {number % 4}.", passages=passages)

    def rewrite(self, number: int) -> None:
        if sentence := self.chosen(self.incident.summary.all(), number):
            changes = {
                "text_ar": "جملة" * (number % 2),
                "position": number % 3,
                "passages": self.passages[number % 3 :],
            }
            curation.change_sentence(sentence, by=self.editor, seen=sentence.lock_version, **changes)

    def strike_out(self, number: int) -> None:
        if sentence := self.chosen(self.incident.summary.all(), number):
            curation.remove_sentence(sentence, by=self.editor, seen=sentence.lock_version)

    def name(self, number: int) -> None:
        value = f"{self.incident.code}-{number % 3}"
        curation.add_identifier(self.incident, by=self.editor, scheme=self.scheme, value=value)

    def unname(self, number: int) -> None:
        if known_as := self.chosen(IncidentIdentifier.objects.filter(incident=self.incident).shown(), number):
            curation.end_identifier(known_as, by=self.editor, seen=known_as.lock_version, reason="Another attack.")

    def publish(self, number: int) -> None:
        kept = {warning.key: "It is right as it is." for warning in curation.warnings(self.incident)}
        reviewed.publish(self.incident, note="As it is.", kept=kept)

    def go_back(self, number: int) -> None:
        """Restoring is a change like any other: it can be restored in turn."""
        self.restore(self.states[number % len(self.states)][0])

    def restore(self, name: str) -> None:
        plan = earlier_states.plan_state(self.incident, to=name)
        assert plan is not None
        if plan.steps:
            earlier_states.restore_state(self.incident, by=self.editor, reason="As it was.", to=name, seen=plan.digest)

    @staticmethod
    def chosen(rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None


ACTIONS = (
    *("describe", "count", "count", "change", "change", "locate", "rank", "remove", "move"),
    *("write", "rewrite", "strike_out", "name", "unname", "publish", "publish", "go_back"),
)


@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 60)), min_size=3, max_size=14), st.integers(0, 99))
@settings(max_examples=25, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
def test_any_state_can_be_had_again(steps: list[tuple[str, int]], number: int) -> None:
    world = World()
    for action, which in steps:
        world.do(action, which)
    name, said = world.states[number % len(world.states)]

    world.restore(name)

    assert world.said() == said
    again = earlier_states.plan_state(world.incident, to=name)
    assert again is not None
    assert again.steps == []
    before = world.states[-1]
    world.restore(before[0])
    assert world.said() == before[1]


# What is refused, and why


@pytest.fixture
def world() -> World:
    return World()


def restore(world: World, name: str, only: str = "", by: User | None = None) -> None:
    world.incident.refresh_from_db()
    plan = earlier_states.plan_state(world.incident, to=name, only=only)
    assert plan is not None
    earlier_states.restore_state(
        world.incident, by=by or world.editor, reason="As it was.", to=name, only=only, seen=plan.digest
    )


def test_restoring_says_why_and_since_when_in_the_history(world: World) -> None:
    name, _said = world.states[0]
    world.do("describe", 1)

    restore(world, name)

    newest = told(history.lines_of(world.incident))[0]
    assert (newest.why, newest.by) == ("As it was.", world.editor.shown_name)
    assert newest.restored is not None
    assert [entry.what for entry in newest.entries] == ["incident"]


def test_restoring_one_claim_leaves_the_rest(world: World) -> None:
    world.do("count", 2)
    name, _said = world.states[-1]
    claim = world.incident.claims.get(aspect="killed")
    world.do("change", 1)
    world.do("describe", 3)

    restore(world, name, only=f"claim.{claim.pk}")

    world.incident.refresh_from_db()
    assert (world.incident.claims.get(pk=claim.pk).count_low, world.incident.working_title) == (2, "Mill 3")


def test_restoring_a_published_claim_replaces_it(world: World) -> None:
    world.do("count", 2)
    world.do("publish", 0)
    name, said = world.states[-1]
    claim = world.incident.claims.get(aspect="killed")
    world.do("change", 4)
    world.do("publish", 0)
    changed = world.incident.claims.exclude(aspect__in=["occurred", "place"]).get()

    restore(world, name)

    again = world.incident.claims.get(aspect="killed")
    changed.refresh_from_db()
    assert len({claim.pk, changed.pk, again.pk}) == 3
    assert (changed.superseded_by, changed.end_reason) == (again, "As it was.")
    assert world.said() == said


def test_restoring_without_a_reason_refused(world: World) -> None:
    world.do("describe", 1)
    plan = earlier_states.plan_state(world.incident, to=world.states[0][0])
    assert plan is not None

    with pytest.raises(InvalidError):
        earlier_states.restore_state(
            world.incident, by=world.editor, reason=" ", to=world.states[0][0], seen=plan.digest
        )
    world.incident.refresh_from_db()
    assert world.incident.working_title == "Mill 1"


def test_restoring_what_was_not_shown_refused(world: World) -> None:
    world.do("describe", 1)
    plan = earlier_states.plan_state(world.incident, to=world.states[0][0])
    assert plan is not None
    world.do("count", 2)

    with pytest.raises(earlier_states.ChangedPlanError):
        earlier_states.restore_state(
            world.incident, by=world.editor, reason="As it was.", to=world.states[0][0], seen=plan.digest
        )
    assert world.said() == world.states[-1][1]


def test_restoring_what_is_so_refused(world: World) -> None:
    with pytest.raises(CurationError, match="nothing to restore"):
        restore(world, world.states[0][0])


def test_restoring_a_merged_incident_refused(world: World) -> None:
    world.do("describe", 1)
    curation.merge(world.incident, into=world.other, by=world.editor, reason="The same.")
    world.incident.refresh_from_db()

    with pytest.raises(CurationError, match="merged: restore it first"):
        restore(world, world.states[0][0])


def test_restoring_a_claim_that_was_carried_away_refused(world: World) -> None:
    world.do("count", 2)
    name, _said = world.states[-1]
    claim = world.incident.claims.get(aspect="killed")
    curation.split(world.incident, claims=[(claim, claim.lock_version)], by=world.editor, reason="Another mill.")

    with pytest.raises(CurationError, match="carried to"):
        restore(world, name)


def changed_where_it_was_carried(world: World) -> tuple[str, Claim, Claim]:
    """A count that was split off, published there and replaced there since: the name of the state before, and both."""
    world.do("count", 2)
    world.do("publish", 0)
    name, _said = world.states[-1]
    claim = world.incident.claims.get(aspect="killed")
    ClaimFactory(incident=world.other)
    ClaimFactory(incident=world.other, at_place=True)
    chosen = [(claim, claim.lock_version)]
    curation.split(world.incident, claims=chosen, into=world.other, by=world.editor, reason="Another mill.")
    kept = {warning.key: "It is right as it is." for warning in curation.warnings(world.other)}
    reviewed.publish(world.other, note="As it is.", kept=kept)
    carried = world.other.claims.get(aspect="killed")
    told = {"count_low": 5, "count_high": 5, "reason": "Misread."}
    now = curation.change_claim(carried, by=world.editor, seen=carried.lock_version, **told)
    assert now.pk != carried.pk
    claim.refresh_from_db()
    return name, claim, now


def test_restoring_a_claim_that_was_replaced_where_it_was_carried_refused(world: World) -> None:
    name, claim, now = changed_where_it_was_carried(world)

    for only in ("", f"claim.{claim.pk}"):
        with pytest.raises(CurationError, match=f"carried to {now.incident.code}"):
            restore(world, name, only=only)
    with pytest.raises(CurationError, match="It was replaced by"):
        curation.restore_claim(claim, by=world.editor, seen=claim.lock_version)

    assert list(Claim.objects.filter(aspect="killed")) == [now]


@pytest.mark.parametrize("moved", ["as published", "as replaced"])
def test_restoring_a_published_claim_that_was_moved_brings_it_back(world: World, moved: str) -> None:
    world.do("count", 2)
    world.do("publish", 0)
    name, said = world.states[-1]
    claim = world.incident.claims.get(aspect="killed")
    if moved == "as replaced":
        told = {"count_low": 5, "count_high": 5, "reason": "Misread."}
        claim = curation.change_claim(claim, by=world.editor, seen=claim.lock_version, **told)
    told = {"incident": world.other, "reason": "Of the weir."}
    curation.change_claim(claim, by=world.editor, seen=claim.lock_version, **told)

    restore(world, name)

    assert world.said() == said
    assert not world.other.claims.exists()


@pytest.mark.parametrize("is_changed", [False, True])
def test_restoring_a_claim_that_went_back_to_where_it_came_from_refused(world: World, is_changed: bool) -> None:
    world.do("count", 2)
    claim = world.incident.claims.get(aspect="killed")
    survivor = world.other
    curation.merge(world.incident, into=survivor, by=world.editor, reason="The same.")
    if is_changed:
        kept = {warning.key: "It is right as it is." for warning in curation.warnings(survivor)}
        reviewed.publish(survivor, note="As it is.", kept=kept)
        carried = survivor.claims.get(aspect="killed")
        told = {"count_low": 5, "count_high": 5, "reason": "Misread."}
        curation.change_claim(carried, by=world.editor, seen=carried.lock_version, **told)
    carried = survivor.claims.get(aspect="killed")
    world.incident, merged = survivor, world.incident
    name, _said = world.now()
    merged.refresh_from_db()
    curation.restore(merged, by=world.editor, reason="Two after all.")
    assert list(Claim.objects.filter(aspect="killed")) == [claim]

    with pytest.raises(CurationError, match=f"went back to {merged.code}"):
        restore(world, name, only=f"claim.{carried.pk}")

    assert list(Claim.objects.filter(aspect="killed")) == [claim]


def test_restoring_a_claim_of_a_refused_term_refused(world: World) -> None:
    term = proposals.propose("actor", by=world.editor, name="River fleet")
    world.claim(aspect="actor", passage=world.passages[0], actor=term)
    name, _said = world.now()
    claim = world.incident.claims.get(actor=term)
    curation.remove_claims([(claim, claim.lock_version)], by=world.editor)
    deciding.refuse(term, by=person("Administrator"), seen=term.lock_version, reason="It is none.")

    with pytest.raises(CurationError, match="was refused since"):
        restore(world, name)


def test_restored_claims_name_what_their_names_stand_for_now(world: World) -> None:
    first, second, third = ActorFactory(), ActorFactory(), ActorFactory()
    world.claim(aspect="actor", passage=world.passages[0], actor=first)
    world.claim(aspect="actor", passage=world.passages[1], one_of_actors=[first.slug, third.slug])
    name, _said = world.now()
    removed = world.incident.claims.get(actor=first)
    curation.remove_claims([(removed, removed.lock_version)], by=world.editor)
    world.do("describe", 1)
    name_merges.merge(first, into=second, by=person("Reviewer"), reason="One fleet.")

    restore(world, name)

    alone, several = world.incident.claims.filter(aspect="actor").order_by("pk")
    assert (alone.pk, alone.actor) == (removed.pk, second)
    assert several.one_of_actors == sorted([second.slug, third.slug])
    with pytest.raises(CurationError, match="nothing to restore"):
        restore(world, name)


@pytest.mark.parametrize("how", ["words", "article"])
def test_restoring_a_claim_whose_words_are_withheld_refused(world: World, how: str) -> None:
    world.do("count", 2)
    name, _said = world.states[-1]
    claim = world.incident.claims.get(aspect="killed")
    curation.remove_claims([(claim, claim.lock_version)], by=world.editor)
    article = claim.passage.text_version.article
    if how == "words":
        intake.withhold([article], words=claim.passage.exact, kind="witness", reason="A name.", by=world.editor)
    else:
        hidden = {"visibility": "withheld", "visibility_reason": "A danger."}
        intake.correct_article(article, by=world.editor, seen=article.lock_version, **hidden)

    with pytest.raises(CurationError, match="withheld since"):
        restore(world, name)
    assert not world.incident.claims.filter(aspect="killed").exists()


@pytest.mark.parametrize("how", ["words", "article"])
@pytest.mark.parametrize("is_there", [False, True])
def test_restoring_a_sentence_whose_words_are_withheld_refused(world: World, how: str, is_there: bool) -> None:
    passage = PassageFactory(text_version=TextVersionFactory(text=TEXT), exact="Nine were hurt")
    sentence = curation.add_sentence(world.incident, by=world.editor, text_en="Some were hurt.", passages=[passage])
    name, _said = world.now()
    sentence.refresh_from_db()
    if is_there:
        curation.change_sentence(sentence, by=world.editor, seen=sentence.lock_version, passages=world.passages)
    else:
        curation.remove_sentence(sentence, by=world.editor, seen=sentence.lock_version)
    article = passage.text_version.article
    if how == "words":
        intake.withhold([article], words=passage.exact, kind="witness", reason="A name.", by=world.editor)
    else:
        hidden = {"visibility": "withheld", "visibility_reason": "A danger."}
        intake.correct_article(article, by=world.editor, seen=article.lock_version, **hidden)

    with pytest.raises(CurationError, match="withheld since"):
        restore(world, name)
    assert not world.incident.summary.filter(passages=passage).exists()


def test_restoring_what_a_sentence_said_is_free_of_what_it_cites_anyway(world: World) -> None:
    passage = world.passages[0]
    sentence = curation.add_sentence(world.incident, by=world.editor, text_en="Some died.", passages=[passage])
    name, said = world.now()
    sentence.refresh_from_db()
    curation.change_sentence(sentence, by=world.editor, seen=sentence.lock_version, text_en="Several died.")
    article = passage.text_version.article
    intake.withhold([article], words=passage.exact, kind="witness", reason="A name.", by=world.editor)

    restore(world, name)

    assert world.said() == said


@pytest.mark.parametrize(
    ("lacking", "action", "then"),
    [
        ("change_incident", "describe", None),
        ("delete_claim", "count", None),
        ("add_claim", "remove", "count"),
        ("change_claim", "change", "count"),
        ("delete_summarysentence", "write", None),
        ("add_summarysentence", "strike_out", "write"),
        ("change_summarysentence", "rewrite", "write"),
        ("change_incidentidentifier", "name", None),
        ("add_incidentidentifier", "unname", "name"),
    ],
)
def test_restoring_takes_the_rights_of_what_it_does(world: World, lacking: str, action: str, then: str | None) -> None:
    if then:
        world.do(then, 2)
    name, said = world.states[-1]
    world.do(action, 4)
    editor = without(lacking)

    with pytest.raises(PermissionDenied):
        restore(world, name, by=editor)
    assert world.said() == world.states[-1][1]
    restore(world, name)
    assert world.said() == said


def without(lacking: str) -> User:
    """An editor who has every right of theirs but one."""
    editor = person("Editor")
    rights = Permission.objects.filter(group=editor.groups.get()).exclude(codename=lacking)
    editor.user_permissions.set(rights)
    editor.groups.clear()
    return User.objects.get(pk=editor.pk)


# The page


def test_page_shows_what_will_change_and_does_it(world: World) -> None:
    world.do("describe", 1)
    client = signed_in(world.editor)
    where = f"{page('incidents.incident', 'restore_state', world.incident.pk)}?to={world.states[0][0]}"

    shown = client.get(where)

    assert "Mill 1" in read(shown.text)
    assert "The mill" in read(shown.text)
    sent = {"shown": shown.context["form"]["shown"].value(), "reason": "It is the old name."}
    assert client.post(where, sent | {"reason": ""}).status_code == 200
    answer = client.post(where, sent)
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        page("incidents.incident", "history", world.incident.pk),
    )
    assert world.said() == world.states[0][1]
    assert "It is the old name." in client.get(answer.headers["Location"]).text


def test_page_shows_nothing_that_stays_as_it_is(world: World) -> None:
    world.do("count", 2)
    name, _said = world.states[-1]
    world.do("describe", 2)
    world.do("publish", 0)
    where = f"{page('incidents.incident', 'restore_state', world.incident.pk)}?to={name}"

    [part] = signed_in(world.editor).get(where).context["restoring"].parts

    assert world.incident.editions.exists()
    assert [change.label for change in part.told.changes] == ["Working title", "Internal note"]


def test_page_of_no_such_state_is_not_there(world: World) -> None:
    client = signed_in(world.editor)
    where = page("incidents.incident", "restore_state", world.incident.pk)
    for query in ("", "?to=claim.0", "?to=nothing.1", "?to=%00", "?to=claim.99999999999999999999"):
        assert client.get(where + query).status_code == 404, query


def test_page_for_who_lacks_a_right_says_so_and_has_no_button(world: World) -> None:
    name, _said = world.states[-1]
    world.do("count", 2)
    client = signed_in(without("delete_claim"))
    where = f"{page('incidents.incident', 'restore_state', world.incident.pk)}?to={name}"

    shown = client.get(where)

    assert "rights that you do not have" in shown.text
    assert "Restore it so" not in shown.text
    client.post(where, {"shown": shown.context["restoring"].digest, "reason": "As it was."})
    assert world.said() == world.states[-1][1]


def test_page_shown_before_a_colleague_changed_something_shows_that_first(world: World) -> None:
    world.do("describe", 1)
    client = signed_in(world.editor)
    where = f"{page('incidents.incident', 'restore_state', world.incident.pk)}?to={world.states[0][0]}"
    form = client.get(where).context["form"]
    sent = {"shown": form["shown"].value(), "began": form["began"].value(), "reason": "As it was."}
    colleague = person("Editor")
    curation.add_sentence(world.incident, by=colleague, text_en="A mill was hit.")

    refused = client.post(where, sent)

    assert refused.status_code == 200
    assert "Somebody else saved this meanwhile" in refused.text
    assert colleague.username in refused.text
    assert "As it was." in refused.text
    again = refused.context["form"]
    assert client.post(where, sent | {"shown": again["shown"].value()}).status_code == 302
    assert world.said() == world.states[0][1]


def test_page_takes_no_more_queries_for_more_steps(world: World) -> None:
    client = signed_in(world.editor)
    name, _said = world.states[-1]
    world.do("describe", 1)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            where = f"{page('incidents.incident', 'restore_state', world.incident.pk)}?to={name}"
            assert client.get(where).status_code == 200
        return len(found)

    def add(*numbers: int) -> None:
        for number in numbers:
            world.do("count", number)
            world.do("write", number)
        for number in (0, 1):
            world.do("name", number)

    add(2)
    queries()
    few = queries()
    add(3, 4, 5, 8, 9, 10)
    steps = earlier_states.plan_state(world.incident, to=name)

    assert steps is not None
    assert len(steps.steps) > 10
    assert queries() <= few <= 40
