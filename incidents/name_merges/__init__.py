"""Two facilities, actors or speakers that are found to be one: what merging does, doing it, and taking it back."""

from incidents.name_merges.merging import PERMISSION, merge
from incidents.name_merges.planning import NamePlan, Renamed, alike, plan_merge
from incidents.name_merges.undoing import in_force, plan_undoing, undo, undoing_obstacles

__all__ = [
    "PERMISSION",
    "NamePlan",
    "Renamed",
    "alike",
    "in_force",
    "merge",
    "plan_merge",
    "plan_undoing",
    "undo",
    "undoing_obstacles",
]
