"""What happened: incidents, the claims that reports make about them, and the editions that were published."""

from incidents.models.actors import Actor, Speaker, Weapon
from incidents.models.claims import Claim
from incidents.models.editions import Edition
from incidents.models.facilities import Facility, FacilityType
from incidents.models.identifiers import IdentifierScheme, IncidentIdentifier
from incidents.models.incidents import EditorialEvent, Incident, SummarySentence
from incidents.models.published_incidents import PublishedIncident, PublishedRecord
from incidents.models.transfers import Transfer
from incidents.models.warning_answers import WarningAnswer

__all__ = [
    "Actor",
    "Claim",
    "Edition",
    "EditorialEvent",
    "Facility",
    "FacilityType",
    "IdentifierScheme",
    "Incident",
    "IncidentIdentifier",
    "PublishedIncident",
    "PublishedRecord",
    "Speaker",
    "SummarySentence",
    "Transfer",
    "WarningAnswer",
    "Weapon",
]
