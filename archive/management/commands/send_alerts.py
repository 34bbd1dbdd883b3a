"""Send the e-mail alerts that are due."""

from typing import Any

from django.core.management.base import BaseCommand

from archive import alerts


class Command(BaseCommand):
    help = (
        "Sends the e-mail alerts of which a day or a week is over, says what became of how many, and deletes what "
        "nobody confirmed. A running worker (db_worker) does the same in time; without one, run this every hour. Run "
        "twice at once, or killed and run again, it sends no mail twice."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not alerts.is_on():
            self.stdout.write("No e-mail is configured (EMAIL_URL, EMAIL_FROM): nothing is sent.")
        for became, number in sorted(alerts.send_due().items(), key=lambda one: one[0].value):
            self.stdout.write(f"{became.value}: {number}")
        self.stdout.write(f"forgotten, never confirmed: {alerts.forget_old()}")
