"""The facts that follow from an incident's claims now, and what it still lacks."""

from collections.abc import Sequence

from django.utils.translation import gettext

from incidents import assessment
from incidents.assessment import Facts, Missing
from incidents.curation.telling_drafts import telling_in
from incidents.evidence import Evidence, gather
from incidents.models import Facility, Incident
from incidents.models.vocabulary import Term
from incidents.reading_back.warnings import read_back

UNDECIDED = "proposed_term"


def assess(incident: Incident) -> Facts:
    """Return the facts of the draft; the ids in them are the primary keys of its claims. Five queries."""
    return facts_of(gather(incident))


def facts_of(evidence: Evidence) -> Facts:
    return assessment.assess(evidence.views, evidence.vocabulary, scope=evidence.incident.scope)


def missing(incident: Incident) -> list[Missing]:
    """Return what keeps an incident from being published; empty when it is ready. Seven queries.

    Keys: those of `incidents.assessment.missing`, `hidden_article` (a cited article is embargoed or withheld),
    `proposed_term` (a claim names a term that nobody has decided on), `refused_term` (one that was refused, or merged),
    `merged_name` (a facility that was merged) and `uncited_sentence` (a sentence of the summary cites nothing).
    """
    return missing_in(gather(incident))


def keeps_from_review(lacking: Sequence[Missing]) -> list[Missing]:
    """What an editor has to mend before somebody else reads it: not what only waits for an administrator's decision."""
    return [item for item in lacking if item.key != UNDECIDED]


def missing_in(evidence: Evidence) -> list[Missing]:
    found = [item._replace(message=read_back(item.message)) for item in assessment.missing(evidence.views)]
    for article in evidence.articles:
        if not article.is_public:
            state = str(article.get_visibility_display()).lower()
            told = gettext("“%(title)s” is %(state)s: readers could not check it.")
            found.append(Missing("hidden_article", told % {"title": article.title, "state": state}))
    found += [
        Missing(UNDECIDED if term.is_open else "refused_term", not_accepted(term))
        for term in terms_not_accepted(evidence)
    ]
    told = gettext("“%(name)s” was merged: name another.")
    found += [Missing("merged_name", told % {"name": row}) for row in merged_facilities(evidence)]
    found += [
        Missing(
            "uncited_sentence", gettext("Sentence %(number)s of the summary cites no passage.") % {"number": number}
        )
        for number, sentence in enumerate(evidence.sentences, start=1)
        if not sentence.passages.all()
    ]
    return found + telling_in(evidence)


def terms_not_accepted(evidence: Evidence) -> list[Term]:
    """Terms that claims name, each once, and that no edition may name: proposed, refused or merged into another."""
    terms = {(type(term), term.pk): term for claim in evidence.claims for term in claim.terms_not_accepted}
    return list(terms.values())


def merged_facilities(evidence: Evidence) -> list[Facility]:
    """Facilities that were merged in the very moment in which a claim named them, each once."""
    named = {claim.facility.pk: claim.facility for claim in evidence.claims if claim.facility}
    return [facility for facility in named.values() if facility.merged_into_id is not None]


def not_accepted(term: Term) -> str:
    noun = str(term._meta.verbose_name)
    if term.is_open:
        told = gettext("“%(term)s” (%(kind)s) is proposed: an administrator has not decided on it yet.")
        return told % {"term": term, "kind": noun}
    reason = f" {term.decision}" if term.decision else ""
    told = gettext("“%(term)s” (%(kind)s) was %(standing)s.%(reason)s Name another.")
    return told % {"term": term, "kind": noun, "standing": term.get_standing_display(), "reason": reason}
