"""What the database holds of every claim: which values go with its aspect, and what may still change of it."""

from collections.abc import Mapping

import pgtrigger
from django.db import models
from django.db.models import Q

from archive.points import MOST, MOST_METRES
from incidents.terms import COUNTED, HAPPENED, NUMBERED, Aspect, NameKind, Stance

VALUE_FIELDS: Mapping[str, tuple[str, ...]] = {
    Aspect.OCCURRED: ("occurred_edtf", "occurred"),
    Aspect.PLACE: ("place",),
    Aspect.FACILITY: ("facility",),
    Aspect.FACILITY_TYPE: ("facility_type",),
    Aspect.ACTOR: ("actor", "one_of_actors"),
    Aspect.WEAPON: ("weapon",),
    Aspect.DAMAGE: ("damage",),
    Aspect.STRIKES: ("count_low",),
    **dict.fromkeys(COUNTED, ("count_low", "group")),
    **dict.fromkeys(HAPPENED, ()),
}
# A point with how near it is known: all three or none.
POINT = ("latitude", "longitude", "within_m")
OPTIONAL_FIELDS: Mapping[str, tuple[str, ...]] = {
    Aspect.OCCURRED: ("part_of_day", "time_of_day", "time_until", "time_is_about"),
    Aspect.PLACE: ("place_precision", *POINT),
    Aspect.DAMAGE: ("facility",),
    **dict.fromkeys(NUMBERED, ("count_high",)),
    **dict.fromkeys(HAPPENED, ("count_low", "count_high")),
}
ALL_FIELDS = sorted({f for fields in [*VALUE_FIELDS.values(), *OPTIONAL_FIELDS.values()] for f in fields})
TEXT_FIELDS = ("occurred_edtf", "part_of_day", "place_precision", "group", "damage")
# Required fields of which one may stand without the other.
EITHER_OF = ("count_low", "actor", "one_of_actors")


def empty(field: str) -> Q:
    if field == "one_of_actors":
        return Q(one_of_actors=[])
    if field == "time_is_about":
        return Q(time_is_about=False)
    return Q(**{field: ""}) if field in TEXT_FIELDS else Q(**{f"{field}__isnull": True})


def exact_fields() -> Q:
    """Return the condition that a claim has its aspect's values, all of them and no others.

    A high count may stand without a low one ("up to 60"); an open date range has an infinite bound. Of who did it, a
    claim names one actor, or several of which it was one.
    """
    cases = Q()
    for aspect, required in VALUE_FIELDS.items():
        case = Q(aspect=str(aspect))
        optional = OPTIONAL_FIELDS.get(aspect, ())
        for field in ALL_FIELDS:
            if field in required and field not in EITHER_OF:
                case &= ~empty(field)
            elif field not in required and field not in optional:
                case &= empty(field)
        if "count_low" in required:
            case &= Q(count_low__isnull=False) | Q(count_high__isnull=False)
        if "one_of_actors" in required:
            named, several = ~empty("actor") & empty("one_of_actors"), empty("actor") & ~empty("one_of_actors")
            case &= named | several
        cases |= case
    return cases


# What may change of a claim that was in an edition: how it is weighed, whether it stands, and what the machine counts.
CIRCUMSTANCES = ("rank", "ended_at", "end_reason", "superseded_by_id", "updated_at", "lock_version")


def keep_published() -> pgtrigger.Trigger:
    """Return the trigger that refuses to rewrite, move or delete a claim that an edition of its incident has."""
    left_out = ", ".join(f"'{column}'" for column in CIRCUMSTANCES)
    return pgtrigger.Trigger(
        name="keep_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                IF to_jsonb(NEW) - ARRAY[{left_out}] = to_jsonb(OLD) - ARRAY[{left_out}] THEN RETURN NEW; END IF;
            END IF;
            IF EXISTS (SELECT 1 FROM incidents_edition e WHERE e.incident_id = OLD.incident_id
                       AND e.content->'claims' @> jsonb_build_array(jsonb_build_object('id', OLD.public_id))) THEN
                RAISE EXCEPTION 'claim % is in an edition: it is superseded, never rewritten', OLD.public_id
                    USING ERRCODE = 'restrict_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608 (the names of our own columns)
    )


def whole_point() -> Q:
    """Return the condition that a claim has a point that there is, with how near it is known, or nothing of it.

    Only an assertion has one: whoever denies a place denies it whatever the point.
    """
    nothing = Q(**{f"{field}__isnull": True for field in POINT})
    ranges = Q(
        latitude__range=(-MOST["lat"], MOST["lat"]),
        longitude__range=(-MOST["lon"], MOST["lon"]),
        within_m__range=(1, MOST_METRES),
    )
    return nothing | (Q(**{f"{field}__isnull": False for field in POINT}) & ranges & Q(stance=Stance.ASSERTS.value))


class SaidByEdtf(models.Func):
    """Whether days are those that an EDTF says (`archive.dates`, which the database knows as ``edtf_days``)."""

    template = "edtf_days(%(expressions)s)"
    arg_joiner = ") IS NOT DISTINCT FROM ("
    output_field = models.BooleanField()


def known_alternatives() -> pgtrigger.Trigger:
    """Return the trigger that lets a claim name as "one of" only distinct, accepted actors: arrays have no keys.

    It keeps the actors locked until the transaction ends, as a foreign key does; `Actor` refuses to be deleted.
    """
    return pgtrigger.Trigger(
        name="know_alternatives",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF NEW.one_of_actors = '{}' THEN RETURN NEW; END IF;
            IF TG_OP = 'UPDATE' THEN
                IF NEW.one_of_actors = OLD.one_of_actors THEN RETURN NEW; END IF;
            END IF;
            PERFORM 1 FROM incidents_actor a WHERE a.slug = ANY (NEW.one_of_actors) FOR KEY SHARE;
            IF (SELECT count(*) FROM incidents_actor a WHERE a.slug = ANY (NEW.one_of_actors)
                AND a.standing = 'accepted')
               <> cardinality(NEW.one_of_actors) THEN
                RAISE EXCEPTION 'one_of_actors names an actor twice, or one that is not accepted'
                    USING ERRCODE = 'foreign_key_violation';
            END IF;
            RETURN NEW;
        """,
    )


def follow_names() -> pgtrigger.Trigger:
    """Return the trigger that lets a claim name what a merged facility, actor or speaker stands for.

    It keeps what is named locked until the transaction ends: who claims it in the moment of a merge waits for that, or
    is waited for.
    """
    follow = "".join(
        f"""
            IF NEW.{kind}_id IS NOT NULL AND (TG_OP = 'INSERT' OR NEW.{kind}_id IS DISTINCT FROM OLD.{kind}_id) THEN
                LOOP
                    SELECT merged_into_id INTO next FROM incidents_{kind} WHERE id = NEW.{kind}_id FOR KEY SHARE;
                    EXIT WHEN next IS NULL;
                    NEW.{kind}_id := next;
                END LOOP;
            END IF;"""  # noqa: S608 (the names of our own tables)
        for kind in NameKind
    )
    return pgtrigger.Trigger(
        name="follow_names",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        declare=[("next", "bigint")],
        func=f"{follow}\n            RETURN NEW;\n        ",
    )
