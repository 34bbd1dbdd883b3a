"""Read by gunicorn when it starts in this folder; options on its command line go before these."""

wsgi_app = "archive.wsgi"
limit_request_line = 0  # a query of many words gets an answer from the site, not a bare refusal
max_requests = 20_000
max_requests_jitter = 2_000
