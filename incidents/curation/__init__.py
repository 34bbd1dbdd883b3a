"""Services of curation: every write to incidents. Keyword-only, atomic, `by` whom; refusals are `incidents.errors`."""

from incidents.curation.assessing import assess, missing, terms_not_accepted
from incidents.curation.bulk import Draft, Said, publish_all
from incidents.curation.citing import cite, latest
from incidents.curation.claims import make_claim
from incidents.curation.comparing import incidents_lacking, rows_that_differ
from incidents.curation.drafts import (
    add_sentence,
    change_incident,
    change_sentence,
    create_incident,
    remove_sentence,
)
from incidents.curation.mending import (
    change_claim,
    rank_claim,
    remove_claims,
    restore_claim,
    was_published,
)
from incidents.curation.publishing import merge, publish, restore, survivor_of, withdraw
from incidents.curation.rows import refresh_citing, refresh_resting_on, refresh_rows
from incidents.curation.values import fields_of
from incidents.curation.warning import answers, keep, warnings

__all__ = [
    "Draft",
    "Said",
    "add_sentence",
    "answers",
    "assess",
    "change_claim",
    "change_incident",
    "change_sentence",
    "cite",
    "create_incident",
    "fields_of",
    "incidents_lacking",
    "keep",
    "latest",
    "make_claim",
    "merge",
    "missing",
    "publish",
    "publish_all",
    "rank_claim",
    "refresh_citing",
    "refresh_resting_on",
    "refresh_rows",
    "remove_claims",
    "remove_sentence",
    "restore",
    "restore_claim",
    "rows_that_differ",
    "survivor_of",
    "terms_not_accepted",
    "warnings",
    "was_published",
    "withdraw",
]
