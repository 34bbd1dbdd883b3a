"""The editors' side of incidents and of what their claims name."""

from incidents.admin import facility_admin, identifiers, incident_admin, term_admin

__all__ = ["facility_admin", "identifiers", "incident_admin", "term_admin"]
