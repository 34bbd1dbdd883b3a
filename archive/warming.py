"""What a server process reads before its first reader comes: the code of the pages, the columns that lists count."""

import gc
import logging
from collections.abc import Callable

from django.db import DatabaseError, connections
from django.urls import get_resolver

from archive.postgresql import replicas

SECONDS = 4.0  # in which a replica can show how far it is
logger = logging.getLogger(__name__)
_tasks: list[Callable[[], object]] = []


def warms(task: Callable[[], object]) -> None:
    """Let every server process do this when it starts; for what is read from the database and kept."""
    _tasks.append(task)


def warm_up() -> None:
    """Do it all. A database that does not answer is no reason not to start: the pages will say so themselves."""
    get_resolver().url_patterns  # noqa: B018 (imports the pages, and with them the tasks)
    try:
        replicas.wait_until_known(SECONDS)
        with replicas.reading_from(replicas.chosen() or replicas.PRIMARY):
            for task in _tasks:
                task()
    except DatabaseError as error:
        logger.warning("Nothing was read ahead: %s", error)
    finally:
        connections.close_all()
        replicas.close_kept()
    gc.collect()
    gc.freeze()  # all of this stays: no page need wait while the collector walks it again
