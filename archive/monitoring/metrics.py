"""Figures for Prometheus, gathered over all processes of gunicorn; only where `METRICS` is switched on.

How often and how fast pages are answered, by the name of the address and the kind of status; and what the checks say.
No label says who asks, or for which incident.
"""

from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any

from django.conf import settings

from archive.monitoring.checks import checks
from archive.monitoring.tasks import longest_wait, workers

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


@cache
def instruments() -> Any:
    """What counts requests in this process. Imported late: the extra is installed where it is switched on."""
    from prometheus_client import CollectorRegistry, Counter, Histogram  # noqa: PLC0415

    registry = CollectorRegistry()
    labels = ["address", "method", "status"]
    return SimpleNamespace(
        registry=registry,
        count=Counter("archive_requests", "Requests that were answered", labels, registry=registry),
        seconds=Histogram(
            "archive_request_seconds", "How long answers took", ["address"], buckets=SECONDS, registry=registry
        ),
    )


def count(*, address: str, method: str, status: int, seconds: float) -> None:
    if settings.METRICS:
        instruments().count.labels(address, method, f"{status // 100}xx").inc()
        instruments().seconds.labels(address).observe(seconds)


def exposition() -> bytes:
    from prometheus_client import CollectorRegistry, generate_latest, multiprocess  # noqa: PLC0415

    if settings.METRICS_DIR:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, path=settings.METRICS_DIR)
    else:
        registry = instruments().registry
    state = CollectorRegistry()
    state.register(State())
    return bytes(generate_latest(registry) + generate_latest(state))


class State:
    """What is so at the moment of asking."""

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterator[Any]:
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415

        holds = GaugeMetricFamily("archive_check_holds", "Whether a check of /readyz holds", labels=["check"])
        found = list(checks())
        for one in found:
            holds.add_metric([one.name], one.holds)
        yield holds
        if all(one.holds for one in found if one.is_serving):
            yield GaugeMetricFamily("archive_workers", "Workers of tasks that run", value=workers())
            yield GaugeMetricFamily(
                "archive_task_wait_seconds",
                "For how long the oldest task waits that could be done",
                value=longest_wait().total_seconds(),
            )
