"""Lists that readers follow by e-mail: asked for, confirmed, told of what changed, ended (ADR 0055).

Each application registers the lists that can be followed (`follow`). Nothing here knows of requests and pages.
"""

from archive.alerts.asking import ask_for
from archive.alerts.confirming import confirm, find_asked
from archive.alerts.ending import end, end_all, find_by_end, forget_old, is_of_ours
from archive.alerts.kinds import FollowedList, Kind, News, Told, follow, kind_of
from archive.alerts.posting import is_configured as is_on
from archive.alerts.sending import send_due

__all__ = [
    "FollowedList",
    "Kind",
    "News",
    "Told",
    "ask_for",
    "confirm",
    "end",
    "end_all",
    "find_asked",
    "find_by_end",
    "follow",
    "forget_old",
    "is_of_ours",
    "is_on",
    "kind_of",
    "send_due",
]
