"""The archive in one file, and the archive from such a file: `manage.py backup` and `restore`.

A backup is one state of the database with the captures that lie beside it. It says of each table how many rows it has
and their digest, so that what is restored can be compared with what was there.
"""

from archive.backing_up.kept import last_backup
from archive.backing_up.stored_files import StoredFile, add_files

__all__ = ["StoredFile", "add_files", "last_backup"]
