"""Restoring an earlier state of an incident, the whole or one row of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.admin.restoring_states import Part, RestoreStateView, Restoring, masked
from archive.history import Entry, ToldChange, TrackedLine
from archive.locking import StaleRowError
from archive.row_history import FieldChange
from incidents import history
from incidents.admin.history import done_since, mask_for
from incidents.curation import earlier_states
from incidents.curation.earlier_states import Act, ChangedPlanError, Plan, Step
from incidents.curation.earlier_states.plan import FIELDS
from incidents.errors import CurationError
from incidents.models import Incident

ACTS = {
    Act.CHANGE: gettext_lazy("says again what it said"),
    Act.PUT_BACK: gettext_lazy("stands again"),
    Act.ADD: gettext_lazy("is made again"),
    Act.REMOVE: gettext_lazy("is taken out"),
}


class RestoreIncidentStateView(RestoreStateView):
    permission = "incidents.change_incident"
    refusals = (CurationError, StaleRowError)
    row: Incident

    def find(self, pk: int) -> Incident:
        return get_object_or_404(Incident, pk=pk)

    def plan(self, *, to: str, only: str) -> Restoring | None:
        plan = earlier_states.plan_state(self.row, to=to, only=only)
        if plan is None:
            return None
        obstacles = plan.obstacles
        if plan.lacks_right(self.editor):
            obstacles = [*obstacles, _("It takes rights that you do not have: ask somebody who has them.")]
        mask = mask_for(self.editor, self.row)
        return Restoring(plan.at, masked(parts_of(plan), mask), [mask(one) for one in obstacles], plan.digest)

    def restore(self, *, reason: str, seen: str) -> None:
        earlier_states.restore_state(self.row, by=self.editor, reason=reason, to=self.to, only=self.only, seen=seen)

    def done_since(self, moment: datetime) -> list[ToldChange]:
        return done_since(self.row, moment, to=self.editor)

    def is_changed(self, error: Exception) -> bool:
        return isinstance(error, ChangedPlanError) or super().is_changed(error)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = _("Publishing, review, merges, comments and answers to warnings stay as they are.")
        shown = mask_for(self.editor, self.row)(str(self.row))
        return super().get_context_data(**{"about": about if not self.only else "", "shown_name": shown, **kwargs})


def parts_of(plan: Plan) -> list[Part]:
    """What the page shows of each step, line by line; the queries do not grow with the steps."""
    of_line: dict[str, list[Step]] = defaultdict(list)
    for step in plan.steps:
        of_line[step.kind].append(step)
    return [
        Part(told, step.obstacle)
        for line in history.restored_lines(plan.incident)
        for step, told in zip(of_line[line.slug], told_by(line, of_line[line.slug]), strict=True)
    ]


def told_by(line: TrackedLine, steps: list[Step]) -> list[Entry]:
    words = line.prepare([row for step in steps for row in (step.now, step.then) if row is not None])
    return [
        Entry(
            kind=line.slug,
            what=str(line.what),
            action=str(ACTS[step.act]),
            name=line.name(step.then if step.now is None else step.now, words),
            changes=tuple(changes_of(line, step, words)),
        )
        for step in steps
    ]


def changes_of(line: TrackedLine, step: Step, words: Any) -> Iterable[FieldChange]:
    if step.act == Act.REMOVE:
        return line.changes(step.now, None, "ended", words)
    if step.act == Act.CHANGE:
        restored = {str(line.labels[name]) for name in FIELDS} if step.kind == "incident" else None
        found = line.changes(step.then, step.now, "update", words)
        return [change for change in found if restored is None or change.label in restored]
    return line.changes(step.then, None, "insert", words)
