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
from incidents.curation.identifiers import add_identifier, end_identifier, own_scheme
from incidents.curation.identifiers import clean as clean_identifier
from incidents.curation.identifiers import standing as incident_known_as
from incidents.curation.new_claims import make_claim
from incidents.curation.passage_citations import cite, latest
from incidents.curation.published_rows import refresh_citing, refresh_resting_on, refresh_rows
from incidents.curation.publishing import merge, publish, restore, survivor_of, withdraw
from incidents.curation.warning import answers, keep, warnings

__all__ = [
    "Draft",
    "Said",
    "add_identifier",
    "add_sentence",
    "answers",
    "assess",
    "change_claim",
    "change_incident",
    "change_sentence",
    "cite",
    "clean_identifier",
    "create_incident",
    "end_identifier",
    "fields_of",
    "incident_known_as",
    "incidents_lacking",
    "keep",
    "latest",
    "make_claim",
    "merge",
    "missing",
    "own_scheme",
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
