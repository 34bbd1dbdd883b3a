"""The editors' side of incidents and of what their claims name."""

from incidents.admin import facilities, incidents, vocabulary

__all__ = ["facilities", "incidents", "vocabulary"]
