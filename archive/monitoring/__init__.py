"""Whether the archive is fit to serve and well kept: looked at for /readyz, /metrics and `check_archive` alike."""

from archive.monitoring.checks import Check, checks
from archive.monitoring.monitors import is_monitor

__all__ = ["Check", "checks", "is_monitor"]
