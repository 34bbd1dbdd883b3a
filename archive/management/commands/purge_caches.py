"""`manage.py purge_caches`: lets the caches in front forget what has changed, until it is stopped."""

import logging
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from archive.caches_in_front import EVERY, Follower

logger = logging.getLogger(__name__)
MADE_WITHIN = 2.0  # seconds: a page that was being made when a cache was told is in it by then


class Command(BaseCommand):
    help = (
        "Follows the database, and lets the caches of CACHE_PURGE_URLS forget what they keep within a second of any "
        "change that readers may see. Runs until it is stopped; where it begins, everything is forgotten once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="let them forget everything, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if not settings.CACHES_IN_FRONT:
            raise CommandError("CACHE_PURGE_URLS names no cache.")
        again_after = MADE_WITHIN + (settings.REPLICA_LAG_SECONDS if settings.REPLICAS else 0)
        follower = Follower(settings.CACHES_IN_FRONT, again_after)
        if once:
            follower.look()
            if follower.failing:
                raise CommandError(f"Not reached: {', '.join(sorted(follower.failing))}")
            return
        is_away = False
        while True:
            try:
                follower.look()
                is_away = False
            except DatabaseError as error:
                if not is_away:
                    logger.error("The database is away: %s", str(error).partition("\n")[0])
                is_away = True
                connection.close()
            time.sleep(EVERY)
