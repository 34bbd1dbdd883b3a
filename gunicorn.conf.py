"""Read by gunicorn when it starts in this folder; options on its command line go before these."""

import os

from archive import logs

wsgi_app = "archive.wsgi"
worker_class = "archive.web_server.Worker"
threads = 4  # that answer; requests that dribble in wait without one
worker_connections = 1_000  # of a worker, idle and half-sent ones with them
timeout = 60
graceful_timeout = 30
keepalive = 5
limit_request_line = 8_190  # of what is shorter and still too long, archive.web.middleware.TooLong says so itself
limit_request_fields = 60
limit_request_field_size = 8_190
max_requests = 20_000
max_requests_jitter = 2_000
# Lines of the server's own, as all others: with the time, without who asks.
logconfig_dict = logs.configuration(
    level=os.environ.get("LOG_LEVEL", "WARNING"),
    requests="INFO" if os.environ.get("ARCHIVE_ENV") == "production" else "WARNING",
)


def post_worker_init(worker: object) -> None:
    """Read ahead before the process takes its first request."""
    from archive.warming import warm_up  # noqa: PLC0415 (Django is set up by now)

    warm_up()


def child_exit(server: object, worker: object) -> None:
    """Let go of what a process that has ended was doing, where figures are gathered over all of them."""
    if os.environ.get("METRICS") and os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess  # noqa: PLC0415 (an extra)

        multiprocess.mark_process_dead(worker.pid)
