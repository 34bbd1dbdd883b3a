"""Read by gunicorn when it starts in this folder; options on its command line go before these."""

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


def post_worker_init(worker: object) -> None:
    """Read ahead before the process takes its first request."""
    from archive.warming import warm_up  # noqa: PLC0415 (Django is set up by now)

    warm_up()
