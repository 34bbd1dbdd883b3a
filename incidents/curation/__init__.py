"""Services of curation: every write to incidents. Keyword-only, atomic, `by` whom; refusals are `incidents.errors`."""

from incidents.curation.bulk import Draft, Said, publish_all
from incidents.curation.claim_changes import (
    change_claim,
    rank_claim,
    remove_claims,
    restore_claim,
    was_published,
)
from incidents.curation.claim_values import fields_of
from incidents.curation.comparing import incidents_lacking, rows_that_differ
from incidents.curation.current_facts import assess, missing, terms_not_accepted
from incidents.curation.drafts import (
    add_sentence,
    change_incident,
    change_sentence,
    create_incident,
    remove_sentence,
)
from incidents.curation.new_claims import make_claim
from incidents.curation.passage_citations import cite, latest
from incidents.curation.published_rows import refresh_citing, refresh_resting_on, refresh_rows
from incidents.curation.publishing import merge, publish, restore, survivor_of, withdraw
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
