"""The test's own database, for a process that the test starts."""

import os
from urllib.parse import quote, urlencode

from django.db import connection


def environment() -> dict[str, str]:
    """An environment in which `manage.py` works on the database of the running test."""
    connection.ensure_connection()
    used = connection.connection.info
    password = f":{quote(used.password, safe='')}" if used.password else ""
    options = urlencode({"host": used.host, "port": used.port})
    url = f"postgresql://{quote(used.user, safe='')}{password}@/{quote(used.dbname, safe='')}?{options}"
    return {**os.environ, "DATABASE_URL": url, "PYTHONUNBUFFERED": "1"}
