"""What happened: incidents, the claims that reports make about them, and the editions that were published."""

from incidents.models.actors import Actor, Speaker, Weapon
from incidents.models.claims import Claim
from incidents.models.editions import Edition
from incidents.models.facilities import Facility, FacilityType
from incidents.models.identifiers import IdentifierScheme, IncidentIdentifier
from incidents.models.incidents import EditorialEvent, Incident, SummarySentence
from incidents.models.likely_pairs import LikelyPair, PairVerdict
from incidents.models.links import IncidentLink
from incidents.models.name_merges import NameMerge, NameMergeUndone
from incidents.models.published_incidents import PublishedIncident, PublishedRecord
from incidents.models.releases import Release
from incidents.models.reviews import Comment, Submission
from incidents.models.suggestion_answers import SuggestionAnswer
from incidents.models.transfers import Transfer
from incidents.models.warning_answers import WarningAnswer
from incidents.models.work import IncidentAssignment, IncidentTag

__all__ = [
    "Actor",
    "Claim",
    "Comment",
    "Edition",
    "EditorialEvent",
    "Facility",
    "FacilityType",
    "IdentifierScheme",
    "Incident",
    "IncidentAssignment",
    "IncidentIdentifier",
    "IncidentLink",
    "IncidentTag",
    "LikelyPair",
    "NameMerge",
    "NameMergeUndone",
    "PairVerdict",
    "PublishedIncident",
    "PublishedRecord",
    "Release",
    "Speaker",
    "Submission",
    "SuggestionAnswer",
    "SummarySentence",
    "Transfer",
    "WarningAnswer",
    "Weapon",
]
