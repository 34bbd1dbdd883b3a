"""Restoring earlier states: whatever was done, any state can be had again, as a new change."""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from archive.history import in_order
from archive.models import Passage
from incidents import curation, history
from incidents.curation import earlier_states
from incidents.curation.earlier_states.of_claims import says
from incidents.curation.earlier_states.plan import fields_of, sentence_of
from incidents.errors import CurationError
from incidents.models import IncidentIdentifier
from tests.factories import reviewed
from tests.factories.archive import PassageFactory, PlaceFactory, TextVersionFactory
from tests.factories.incidents import IdentifierSchemeFactory, IncidentFactory, SpeakerFactory
from tests.factories.people import person

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
        reviewed.publish(self.incident, note="As it is.")

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
    *("describe", "count", "count", "change", "change", "rank", "remove", "move"),
    *("write", "rewrite", "strike_out", "name", "unname", "publish", "go_back"),
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
    before = world.states[-1]
    world.restore(before[0])
    assert world.said() == before[1]
