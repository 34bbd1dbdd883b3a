"""The history of an incident: all that belongs to it, in one line of time, for editors."""

from incidents.history.of_incidents import lines_of, restored_lines, words_about

__all__ = ["lines_of", "restored_lines", "words_about"]
