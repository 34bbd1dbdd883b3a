"""How old what each replica says is, worked out from what servers answered: no queries here, no Django.

A replica tells until when it has replayed, by the clock of the primary. Nothing is replayed while nothing is written,
so the primary is asked to write a beat (an empty transaction) as soon as all that is known is older than a second. What
is not known is too old: where nobody looks, or nobody answers, replicas fall out by themselves.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

SILENT = 3.0  # seconds without an answer after which the primary counts as away
BEAT = 1.0  # seconds, the age from which a beat is wanted
AHEAD = 0.5  # seconds that what was replayed may seem to lie in the future; beyond, a clock was set


@dataclass
class Standing:
    """What is known now. ``lag`` is the greatest age (seconds) at which a replica answers readers, ``alone`` the same
    while no primary answers; times are those of ``clock``, whatever the machine's own says.
    """

    lag: float
    alone: float
    clock: Callable[[], float] = time.monotonic
    ahead: float | None = None  # the primary's clock minus ours
    heard_at: float = float("-inf")
    as_of: dict[str, float] = field(default_factory=dict)
    first_seen: dict[str, tuple[float, float]] = field(default_factory=dict)  # what was replayed, and when that was new

    def primary_answered(self, *, asked_at: float, its_clock: float) -> None:
        """``its_clock`` was read after ``asked_at``, so what is made of both is rather too old than too young."""
        self.ahead = its_clock - asked_at
        self.heard_at = asked_at

    def primary_failed(self) -> None:
        self.heard_at = float("-inf")

    def replica_answered(self, name: str, *, replayed_until: float | None) -> None:
        """``replayed_until``: when, by the primary's clock, the last transaction ended that it has replayed."""
        now = self.clock()
        if replayed_until is None or self.ahead is None or replayed_until - self.ahead > now + AHEAD:
            self.as_of.pop(name, None)
            return
        known, seen_at = self.first_seen.get(name, (None, now))
        if known != replayed_until:
            seen_at = now
        self.first_seen[name] = (replayed_until, seen_at)
        # What has not moved since then is no younger, wherever the primary's clock was set to meanwhile.
        self.as_of[name] = min(replayed_until - self.ahead, seen_at)

    def replica_failed(self, name: str) -> None:
        self.as_of.pop(name, None)

    @property
    def is_alone(self) -> bool:
        """Whether no primary answers: nothing can be withdrawn then, as far as we know."""
        return self.clock() - self.heard_at > SILENT

    @property
    def bound(self) -> float:
        return self.alone if self.is_alone else self.lag

    def age(self, name: str) -> float | None:
        """Return how old (seconds) what the replica says may be at most; None where that is not known."""
        as_of = self.as_of.get(name)
        return None if as_of is None else self.clock() - as_of

    def is_fit(self, name: str) -> bool:
        age = self.age(name)
        return age is not None and age <= self.bound

    def wants_beat(self, names: list[str]) -> bool:
        """Whether the primary should write something, so that replicas can show how far they are."""
        ages = [self.age(name) for name in names]
        return any(age is None or age > BEAT for age in ages)
