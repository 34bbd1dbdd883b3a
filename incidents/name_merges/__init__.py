"""Two facilities, actors or speakers that are found to be one: what merging does, doing it, and taking it back."""

from incidents.name_merges.merging import PERMISSION, look_again, merge
from incidents.name_merges.planning import NamePlan, Renamed, alike, plan_merge
from incidents.name_merges.undoing import undo
from incidents.name_merges.undoing_plan import UndoingPlan, in_force, plan_undoing, undoing_obstacles

__all__ = [
    "PERMISSION",
    "NamePlan",
    "Renamed",
    "UndoingPlan",
    "alike",
    "in_force",
    "look_again",
    "merge",
    "plan_merge",
    "plan_undoing",
    "undo",
    "undoing_obstacles",
]
