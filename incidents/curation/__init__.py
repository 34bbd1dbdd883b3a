"""Services of curation: every write to incidents. Keyword-only, atomic, `by` whom; refusals are `incidents.errors`."""

from incidents.curation.authorship import work_on, work_on_each
from incidents.curation.bulk import Draft, Said, publish_all
from incidents.curation.claim_changes import (
    change_claim,
    rank_claim,
    remove_claims,
    was_published,
)
from incidents.curation.claim_values import fields_of, read_point
from incidents.curation.commenting import Thread, comment, resolve, threads, threads_on, waiting_for
from incidents.curation.comparing import incidents_lacking, rows_that_differ
from incidents.curation.current_facts import assess, keeps_from_review, missing, terms_not_accepted
from incidents.curation.dividing import assign_incidents, incident_tags, tag_incidents, untag_incidents
from incidents.curation.drafts import (
    add_sentence,
    change_incident,
    change_sentence,
    create_incident,
    remove_sentence,
)
from incidents.curation.generalising import (
    follow_place,
    generalise_place,
    names_telling,
    plan_place,
    reports_naming,
    show_place,
)
from incidents.curation.identifiers import add_identifier, end_identifier, own_scheme
from incidents.curation.identifiers import clean as clean_identifier
from incidents.curation.identifiers import standing as incident_known_as
from incidents.curation.linked import Linked, links_of, relation_of
from incidents.curation.linking import change_link, citable, end_link, link_incidents
from incidents.curation.linking import refuse_changes as refuse_link_changes
from incidents.curation.merging import MergePlan, merge, merged_here, plan_merge, survivor_of
from incidents.curation.new_claims import make_claim
from incidents.curation.passage_citations import cite, latest
from incidents.curation.published_rows import refresh_citing, refresh_resting_on, refresh_rows
from incidents.curation.publishing import publish
from incidents.curation.restoring import restore_claim
from incidents.curation.reviewing import send_back, submit, what_forbids
from incidents.curation.splitting import every_split_of, plan_uniting, split, splits_of, unite, uniting_obstacles
from incidents.curation.standing import ReturnPlan, plan_return, restore, restoring_obstacles, withdraw
from incidents.curation.warning import answers, keep, warnings

__all__ = [
    "Draft",
    "Linked",
    "MergePlan",
    "ReturnPlan",
    "Said",
    "Thread",
    "add_identifier",
    "add_sentence",
    "answers",
    "assess",
    "assign_incidents",
    "change_claim",
    "change_incident",
    "change_link",
    "change_sentence",
    "citable",
    "cite",
    "clean_identifier",
    "comment",
    "create_incident",
    "end_identifier",
    "end_link",
    "every_split_of",
    "fields_of",
    "follow_place",
    "generalise_place",
    "incident_known_as",
    "incident_tags",
    "incidents_lacking",
    "keep",
    "keeps_from_review",
    "latest",
    "link_incidents",
    "links_of",
    "make_claim",
    "merge",
    "merged_here",
    "missing",
    "names_telling",
    "own_scheme",
    "plan_merge",
    "plan_place",
    "plan_return",
    "plan_uniting",
    "publish",
    "publish_all",
    "rank_claim",
    "read_point",
    "refresh_citing",
    "refresh_resting_on",
    "refresh_rows",
    "refuse_link_changes",
    "relation_of",
    "remove_claims",
    "remove_sentence",
    "reports_naming",
    "resolve",
    "restore",
    "restore_claim",
    "restoring_obstacles",
    "rows_that_differ",
    "send_back",
    "show_place",
    "split",
    "splits_of",
    "submit",
    "survivor_of",
    "tag_incidents",
    "terms_not_accepted",
    "threads",
    "threads_on",
    "unite",
    "uniting_obstacles",
    "untag_incidents",
    "waiting_for",
    "warnings",
    "was_published",
    "what_forbids",
    "withdraw",
    "work_on",
    "work_on_each",
]
