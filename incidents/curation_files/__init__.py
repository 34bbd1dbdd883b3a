"""Curation files: incidents and claims as facts and anchors, without a word of the texts they rest on."""

from incidents.curation_files.loader import FileRefusedError, Report, load
from incidents.curation_files.shape import FORMAT, Problem

__all__ = ["FORMAT", "FileRefusedError", "Problem", "Report", "load"]
