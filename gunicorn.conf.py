"""Read by gunicorn when it starts in this folder; options on its command line go before these."""

wsgi_app = "archive.wsgi"
limit_request_line = 0  # a query of many words gets an answer from the site, not a bare refusal
max_requests = 20_000
max_requests_jitter = 2_000


def post_worker_init(worker: object) -> None:
    """Read ahead before the process takes its first request."""
    from archive.warming import warm_up  # noqa: PLC0415 (Django is set up by now)

    warm_up()
