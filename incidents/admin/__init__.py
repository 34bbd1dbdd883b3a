"""The editors' side of incidents and of what their claims name."""

from incidents.admin import facility_admin, identifiers, incident_admin, term_admin, work_sections

__all__ = ["facility_admin", "identifiers", "incident_admin", "term_admin", "work_sections"]
