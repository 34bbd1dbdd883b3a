"""What is suggested for a text, with what editors answered: rows to accept, change or dismiss, each by its key.

Suggestions are read from the text each time (`incidents.suggestions`); only the answers are stored.
"""

from incidents.suggested.accepting import Accepted, AcceptError, accept, dismiss, record, record_change, reopen
from incidents.suggested.claim_values import UndecidedError, speaker_of, values_of
from incidents.suggested.rows import Group, Row, groups_of, row_of
from incidents.suggested.same_attack import likely_for

__all__ = [
    "AcceptError",
    "Accepted",
    "Group",
    "Row",
    "UndecidedError",
    "accept",
    "dismiss",
    "groups_of",
    "likely_for",
    "record",
    "record_change",
    "reopen",
    "row_of",
    "speaker_of",
    "values_of",
]
