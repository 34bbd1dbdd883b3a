"""What is counted of incidents, in memory."""

from archive.lists.histogram import EVER, NEVER
from archive.lists.labels import Labels
from archive.lists.stores import DAYS, ColumnStore
from incidents.models import Actor, FacilityType, PublishedIncident, Weapon

STORE = ColumnStore(
    PublishedIncident,
    numbers={
        "lower": f"COALESCE(lower - DATE '1970-01-01', {NEVER})",
        "upper": f"COALESCE(upper - DATE '1970-01-01', {EVER})",
        "killed": "COALESCE(killed_low, -1)",
        "sort_on": DAYS,
        "changed_at": "(extract(epoch FROM changed_at) * 1000000)::bigint",
    },
    arrays={
        name: name
        for name in (
            "place_ids", "actor_ids", "actor_disputed_ids", "facility_ids", "facility_type_ids", "weapon_ids",
            "source_ids",
        )
    },
)  # fmt: skip

ACTORS = Labels(Actor.objects.all, key="slug", above="ancestors")
FACILITY_TYPES = Labels(FacilityType.objects.all, key="slug")
WEAPONS = Labels(Weapon.objects.all, key="slug", above="parent_id")
