"""`stamp_manifest`: list the hashes of what is new, and have the list time-stamped. Once a day, by a timer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive.stamping import Authority, StampError, make_manifest, stamp


class Command(BaseCommand):
    help = (
        "Make a manifest: the hashes of the copies, texts and editions since the last one, and of the newest line of "
        "the log of custody. Where TSA_URL names a time-stamp authority, have it stamped (RFC 3161) and keep request "
        "and reply. Exits with 1 if that fails; the manifest is kept, and the next one vouches for it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = make_manifest()
        self.stdout.write(f"Manifest {manifest.number}: {manifest.sha256}")
        try:
            authority = Authority.configured()
            if authority is None:
                self.stdout.write("Not stamped: no TSA_URL is set.")
                return
            stamped = stamp(manifest, authority)
        except StampError as error:
            raise CommandError(f"Not stamped. {error}") from error
        self.stdout.write(f"Stamped {stamped.at:%Y-%m-%d %H:%M:%S} UTC by {stamped.authority}.")
