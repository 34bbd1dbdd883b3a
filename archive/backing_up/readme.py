"""The page in a backup that says how to restore it by hand, for whoever has the file and not this software."""

TEXT = """\
A backup of the {name} ({url}), made at {made_at} by release {release}
from PostgreSQL {postgresql}.

It holds everything, also what readers never see. Keep it as you would keep the archive.

    README.txt      this page
    database/       the database, as pg_dump writes it (custom format), cut into pieces
    stored/         what lies beside the database: copies of reports, each named by the SHA-256 of its bytes, and
                    releases of the data
    manifest.json   the rows of each table and their SHA-256, the end of the log of custody, the migrations applied,
                    the settings without secrets
    SHA256SUMS      the SHA-256 of each file, in their order; the last file, so that a backup that was cut off lacks it

With the software:

    manage.py restore FILE              (into an empty database; encrypted by age: with --identity KEYFILE)

By hand, in an empty folder:

    age --decrypt --identity KEYFILE FILE | tar -x      (or: gpg --decrypt FILE | tar -x; or: tar -xf FILE)
    sha256sum --check SHA256SUMS
    createuser archive_owner --pwprompt
    createuser archive --pwprompt
    createdb archive --owner archive_owner --encoding UTF8 --locale C.UTF-8 --template template0
    cat database/* | pg_restore --single-transaction --no-owner --no-privileges --role archive_owner --dbname archive

and what is in stored/ into the folder CAPTURES_DIR or the bucket, as it is. Then run `manage.py migrate`, which gives
the site's role its rights, and `manage.py verify --all`.

The digest of a table, to compare with manifest.json: the columns in their order but those the database generates, the
rows by the primary key, words by their code points, times in UTC:

    export PGOPTIONS='-c datestyle=ISO,YMD -c timezone=UTC -c extra_float_digits=1 -c bytea_output=hex'
    psql archive -qAtc 'COPY (SELECT "id", ... FROM "public"."archive_source" ORDER BY "id") TO STDOUT' | sha256sum

Not in here: SECRET_KEY (with another one all are signed out, and e-mail alerts end), passwords and keys of services.
"""


def text(**said: str) -> bytes:
    return TEXT.format(**said).encode()
