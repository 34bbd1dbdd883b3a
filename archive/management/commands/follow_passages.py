"""Looks for passages in the current texts of their articles, for articles that were there before this was done."""

from typing import Any

from django.core.management.base import BaseCommand

from archive import following

BATCH = 500  # articles


class Command(BaseCommand):
    help = "Look for the passages of every article in its current text, where it has not been done. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        found, batch = 0, []
        for article in list(following.articles_to_follow()):
            batch.append(article)
            if len(batch) == BATCH:
                found, batch = found + following.follow(batch), []
        found += following.follow(batch)
        waiting = following.to_look_at().count()
        self.stdout.write(f"{found} passages looked for. {waiting} need a look.")
