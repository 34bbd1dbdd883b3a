"""Services of curation: every write to incidents. Keyword-only, atomic, `by` whom; refusals are `incidents.errors`."""

from incidents.curation.claims import change_claim, make_claim, rank_claim, remove_claim
from incidents.curation.drafts import (
    add_sentence,
    change_incident,
    change_sentence,
    create_incident,
    remove_sentence,
)
from incidents.curation.values import fields_of

__all__ = [
    "add_sentence",
    "change_claim",
    "change_incident",
    "change_sentence",
    "create_incident",
    "fields_of",
    "make_claim",
    "rank_claim",
    "remove_claim",
    "remove_sentence",
]
