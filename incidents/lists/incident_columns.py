"""What is counted of incidents, in memory."""

from archive.lists.columns import Columns
from archive.lists.labels import Labels
from archive.lists.spans import EVER, NEVER, Spans
from archive.lists.stores import DAYS, ColumnStore
from incidents.models import Actor, FacilityType, PublishedIncident, Weapon

STORE = ColumnStore(
    PublishedIncident,
    numbers={
        "lower": f"COALESCE(lower(possible) - DATE '1970-01-01', {NEVER})",
        "upper": f"COALESCE(upper(possible) - 1 - DATE '1970-01-01', {EVER})",
        "certain_lower": f"COALESCE(lower(certain) - DATE '1970-01-01', {NEVER})",
        "certain_upper": f"COALESCE(upper(certain) - 1 - DATE '1970-01-01', {EVER})",
        "killed": "COALESCE(killed_low, -1)",
        "killed_high": "COALESCE(killed_high, -1)",
        "injured": "COALESCE(injured_low, -1)",
        "injured_high": "COALESCE(injured_high, -1)",
        "most_alternatives": "most_alternatives",
        "sort_on": DAYS,
        "changed_at": "(extract(epoch FROM changed_at) * 1000000)::bigint",
    },
    arrays={
        name: name
        for name in (
            "place_ids", "actor_ids", "actor_disputed_ids", "actor_possible_ids", "actor_possible_disputed_ids",
            "facility_ids", "facility_type_ids", "weapon_ids", "source_ids",
        )
    },
)  # fmt: skip

ACTORS = Labels(Actor.objects.all, key="slug", above="ancestors")
FACILITY_TYPES = Labels(FacilityType.objects.all, key="slug")
WEAPONS = Labels(Weapon.objects.all, key="slug", above="parent_id")


def spans_of(columns: Columns) -> Spans:
    """When each row may have happened, and when it certainly did."""
    return Spans(*(columns.numbers[name] for name in ("lower", "upper", "certain_lower", "certain_upper")))
