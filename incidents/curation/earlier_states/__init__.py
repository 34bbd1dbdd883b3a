"""Restoring an earlier state of an incident, as a new change: through the services, under all their rules.

See `docs/adr`, "An earlier state is restored by a new change".
"""

from incidents.curation.earlier_states.doing import ChangedPlanError, restore_state
from incidents.curation.earlier_states.plan import Plan, plan_state
from incidents.curation.earlier_states.steps import Act, Step

__all__ = ["Act", "ChangedPlanError", "Plan", "Step", "plan_state", "restore_state"]
