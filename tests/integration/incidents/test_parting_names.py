"""Taking a merge of names back: what went with it goes back, what was made since is decided on."""

import pytest

from archive.models import User
from incidents import curation, name_merges
from incidents.errors import NameMergeError
from incidents.models import Claim, Incident, PublishedIncident
from incidents.name_merges import merging, undoing
from tests.factories import reviewed
from tests.factories.archive import PassageFactory
from tests.factories.incidents import ActorFactory, FacilityFactory, SpeakerFactory
from tests.integration.incidents.test_merging_names import KINDS, TEXT, another, merge, naming_claim, two, undo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_published", [False, True])
def test_undoing_puts_all_back(kind: str, is_published: bool, draft: Incident, editor: User, reviewer: User) -> None:
    row, survivor = two(kind)
    naming_claim(kind, row, draft, editor)
    own = naming_claim(kind, survivor, draft, editor, exact="Two weavers died")
    if is_published:
        reviewed.publish(draft, note="First.")
    aliases = list(survivor.aliases)
    said = sorted(map(str, draft.claims.all()))
    rows = list(PublishedIncident.objects.values_list("facility_ids", "actor_ids"))

    done = merge(row, survivor, reviewer)
    undo(done, reviewer)

    row.refresh_from_db()
    survivor.refresh_from_db()
    assert row.merged_into is None
    assert survivor.aliases == aliases
    assert sorted(map(str, draft.claims.all())) == said
    assert getattr(Claim.objects.get(pk=own.pk), kind) == survivor
    assert getattr(draft.claims.exclude(pk=own.pk).get(**{kind: row}), kind) == row
    assert list(PublishedIncident.objects.values_list("facility_ids", "actor_ids")) == rows
    if kind != "facility":
        assert row.is_accepted
    with pytest.raises(NameMergeError, match="already"):
        undo(done, reviewer)
    merge(row, survivor, reviewer)


def test_undoing_keeps_what_was_changed_meanwhile(draft: Incident, reviewer: User) -> None:
    row, survivor = two("facility")
    third = FacilityFactory(name_en="Third mill", place=row.place, facility_type=row.facility_type)
    ranked, elsewhere, removed = (
        naming_claim("facility", row, draft, exact=exact)
        for exact in ("old mill", "Two millers died", "struck from a barge")
    )
    done = merge(row, survivor, reviewer)
    for claim in (ranked, elsewhere, removed):
        claim.refresh_from_db()
    curation.rank_claim(ranked, by=None, seen=ranked.lock_version, rank="preferred")
    curation.change_claim(elsewhere, by=None, seen=elsewhere.lock_version, facility=third)
    curation.remove_claims([(removed, removed.lock_version)], by=None)

    assert [claim.pk for claim in name_merges.plan_undoing(done).changed] == [elsewhere.pk]
    undo(done, reviewer)

    ranked.refresh_from_db()
    assert (ranked.facility, ranked.rank) == (row, "preferred")
    assert Claim.objects.get(pk=elsewhere.pk).facility == third
    assert Claim.every.get(pk=removed.pk).ended_at


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("first", [0, 1])
def test_names_of_two_merged_ones_stay_until_both_are_parted(kind: str, first: int, reviewer: User) -> None:
    row, survivor = two(kind)
    twin = another(kind, row)
    twin.name_en, twin.name_ar, twin.aliases = "Twin of the weir", "", [row.name_en]
    twin.save()
    before = list(survivor.aliases)
    merges = [merge(row, survivor, reviewer), merge(twin, survivor, reviewer)]

    assert row.name_en not in name_merges.plan_undoing(merges[first]).names
    undo(merges[first], reviewer)
    survivor.refresh_from_db()
    assert row.name_en in survivor.aliases, "the other has the name too"
    assert ((row, twin)[first].name_ar or (row, twin)[first].name_en) not in survivor.aliases

    assert row.name_en in name_merges.plan_undoing(merges[1 - first]).names
    undo(merges[1 - first], reviewer)
    survivor.refresh_from_db()
    assert survivor.aliases == before


def test_names_that_an_editor_gave_after_parting_stay(reviewer: User) -> None:
    row, survivor = two("actor")
    twin = ActorFactory(name_en=row.name_en)
    undo(merge(row, survivor, reviewer), reviewer)
    survivor.refresh_from_db()
    survivor.aliases = [row.name_en]
    survivor.save()

    undo(merge(twin, survivor, reviewer), reviewer)

    survivor.refresh_from_db()
    assert survivor.aliases == [row.name_en]


def test_what_goes_along_keeps_what_a_colleague_saves_meanwhile(reviewer: User, monkeypatch) -> None:
    row, survivor = two("actor")
    parts = [ActorFactory(parent=row) for _ in range(2)]
    speaker = SpeakerFactory(actor=row)

    def meanwhile(note: str, module, name: str) -> None:
        """Let a colleague save a note of each, just before what the function does."""
        done = getattr(module, name)

        def with_notes(*args, **more):
            for one in (*parts, speaker):
                type(one)._base_manager.filter(pk=one.pk).update(aliases=[note])
            return done(*args, **more)

        monkeypatch.setattr(module, name, with_notes)

    meanwhile("Merged", merging, "bring_along")
    done = merge(row, survivor, reviewer)
    for one in (*parts, speaker):
        one.refresh_from_db()
        assert one.aliases == ["Merged"]

    meanwhile("Parted", undoing, "place_in_tree")
    undo(done, reviewer)
    for one in parts:
        one.refresh_from_db()
        assert (one.aliases, one.parent) == (["Parted"], row)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("is_published", [False, True])
def test_claims_made_since_are_given_back_or_left(
    kind: str, is_published: bool, draft: Incident, editor: User, reviewer: User
) -> None:
    row, survivor = two(kind)
    naming_claim(kind, row, draft, editor, exact="old mill")
    naming_claim(kind, survivor, draft, editor, exact="Two weavers died")
    done = merge(row, survivor, reviewer)
    given, left = (naming_claim(kind, survivor, draft, editor, exact=exact) for exact in ("near it", "in it"))
    if is_published:
        kept = {warning.key: "It is right as it is." for warning in curation.warnings(draft)}
        reviewed.publish(draft, note="First.", kept=kept)

    assert [one.claim for one in name_merges.plan_undoing(done).since] == [given, left]
    assert not any(one.was_its for one in name_merges.plan_undoing(done).since)
    name_merges.undo(done, by=reviewer, reason="Two mills.", give_back=[given.pk])

    now = {claim.passage.exact: getattr(claim, kind) for claim in draft.claims.exclude(**{kind: None})}
    assert now == {"old mill": row, "near it": row, "in it": survivor, "Two weavers died": survivor}
    assert (Claim.every.get(pk=given.pk).superseded_by is not None) == is_published


def test_claims_that_were_its_before_are_told_apart_from_the_survivors_own(draft: Incident, reviewer: User) -> None:
    row, survivor = two("facility")
    third = another("facility", row)
    restored, changed, own = (
        naming_claim("facility", one, draft, exact=exact)
        for one, exact in ((row, "old mill"), (third, "near it"), (survivor, "in it"))
    )
    curation.remove_claims([(restored, restored.lock_version)], by=None)
    done = merge(row, survivor, reviewer)
    restored.refresh_from_db()
    curation.restore_claim(restored, by=None, seen=restored.lock_version)
    curation.change_claim(changed, by=None, seen=changed.lock_version, facility=survivor)
    curation.rank_claim(own, by=None, seen=own.lock_version, rank="preferred")

    found = name_merges.plan_undoing(done).since

    assert [(one.claim, one.was_its) for one in found] == [(restored, True), (changed, False)]


def test_what_was_replaced_or_merged_since_is_not_taken_for_new(draft: Incident, editor: User, reviewer: User) -> None:
    row, survivor = two("speaker")
    twin = another("speaker", survivor)
    own, its = (naming_claim("speaker", one, draft, editor) for one in (survivor, row))
    reviewed.publish(draft, note="First.")
    done = merge(row, survivor, reviewer)
    new = naming_claim("speaker", twin, draft, editor, exact="near it")
    merge(twin, survivor, reviewer)
    replaced_twice(own, editor)
    last = replaced_twice(Claim.every.get(pk=its.pk).superseded_by, editor)

    plan = name_merges.plan_undoing(done)

    assert [claim.pk for claim in plan.claims] == [last.pk]
    assert plan.since == []
    undo(done, reviewer)
    assert Claim.objects.get(pk=new.pk).speaker == survivor


def replaced_twice(claim: Claim, by: User) -> Claim:
    for number in (3, 4):
        told = {"count_low": number, "count_high": number, "reason": "Misread."}
        now = Claim.objects.get(pk=claim.pk)
        claim = curation.change_claim(now, by=by, seen=now.lock_version, **told)
    return claim


def test_one_of_several_is_given_back(draft: Incident, reviewer: User) -> None:
    row, survivor = two("actor")
    third = ActorFactory(slug="zz-other")
    done = merge(row, survivor, reviewer)
    passage = PassageFactory(text_version__text=TEXT, exact="struck from a barge")
    told = {"aspect": "actor", "one_of_actors": [survivor, third]}
    claim = curation.make_claim(incident=draft, by=None, passage=passage, **told)

    name_merges.undo(done, by=reviewer, reason="Two.", give_back=[claim.pk])

    claim.refresh_from_db()
    assert claim.one_of_actors == sorted([row.slug, third.slug])


@pytest.mark.parametrize("what", ["made", "changed", "removed", "renamed", "part"])
def test_what_was_not_shown_is_not_undone(what: str, draft: Incident, reviewer: User) -> None:
    row, survivor = two("actor")
    part = ActorFactory(parent=row)
    claim = naming_claim("actor", row, draft)
    done = merge(row, survivor, reviewer)
    claim.refresh_from_db()
    shown = name_merges.plan_undoing(done).digest
    assert name_merges.plan_undoing(done).digest == shown
    if what == "made":
        naming_claim("actor", survivor, draft, exact="near it")
    elif what == "changed":
        curation.rank_claim(claim, by=None, seen=claim.lock_version, rank="preferred")
    elif what == "removed":
        curation.remove_claims([(claim, claim.lock_version)], by=None)
    elif what == "renamed":
        survivor.aliases = []
        survivor.save()
    else:
        type(part).every.filter(pk=part.pk).update(parent=None)

    with pytest.raises(NameMergeError, match="look again"):
        name_merges.undo(done, by=reviewer, reason="Two.", seen_plan=shown)

    row.refresh_from_db()
    assert row.merged_into == survivor
    name_merges.undo(done, by=reviewer, reason="Two.", seen_plan=name_merges.plan_undoing(done).digest)


def test_what_was_not_made_since_is_not_given_back(draft: Incident, reviewer: User) -> None:
    row, survivor = two("facility")
    own = naming_claim("facility", survivor, draft)
    done = merge(row, survivor, reviewer)
    with pytest.raises(NameMergeError, match="look again"):
        name_merges.undo(done, by=reviewer, reason="Two.", give_back=[own.pk])
    assert Claim.objects.get(pk=own.pk).facility == survivor
