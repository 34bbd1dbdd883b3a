"""Errors that readers report: of what, how they arrive, what editors answer, what readers see of it (ADR 0051).

Each application registers what it has pages of (`speak_of`); `of_archive` does so for articles and passages.
"""

from archive.reported_errors.answering import AnswerError, answer, assign, forget_address, forget_old, forget_words
from archive.reported_errors.reporting import report
from archive.reported_errors.shown import Answer, shown_answers
from archive.reported_errors.subjects import Subject, find, speak_of
from archive.sent_forms import TooManyError

__all__ = [
    "Answer",
    "AnswerError",
    "Subject",
    "TooManyError",
    "answer",
    "assign",
    "find",
    "forget_address",
    "forget_old",
    "forget_words",
    "report",
    "shown_answers",
    "speak_of",
]
