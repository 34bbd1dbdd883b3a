"""Print the digest of each table: {table: [rows, SHA-256]}."""

import json
import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    import django  # noqa: PLC0415 (settings first)

    django.setup()
    from archive.backing_up import table_digests  # noqa: PLC0415
    from archive.postgresql.base import as_owner  # noqa: PLC0415

    with as_owner() as owner:
        owner.ensure_connection()
        digests = table_digests.of_tables(owner.connection)
    sys.stdout.write(json.dumps({name: [str(one.rows), one.sha256] for name, one in digests.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
