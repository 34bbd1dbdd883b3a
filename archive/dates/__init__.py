"""Uncertain dates: what an editor types in EDTF, its strict first and last day, and how both read in words.

Dates are local to the place and carry no time zone. Public here: everything that the rest of the project may use.
"""

from .bounds import acled_time_precision, parse_bound, precision, read_bound, ucdp_date_prec
from .certainty import LONGEST_MARGIN, Days, certain_days, possible_days
from .description import describe, takes_part_of_day
from .grammar import between
from .human import suggest
from .parsing import parse
from .relative import relative
from .uncertain import DateError, UncertainDate

__all__ = [
    "LONGEST_MARGIN",
    "DateError",
    "Days",
    "UncertainDate",
    "acled_time_precision",
    "between",
    "certain_days",
    "describe",
    "parse",
    "parse_bound",
    "possible_days",
    "precision",
    "read_bound",
    "relative",
    "suggest",
    "takes_part_of_day",
    "ucdp_date_prec",
]
