"""What stops a backup or a restore; the message is for people, and says what to do."""


class BackupError(Exception):
    """No backup was made, and nothing is left of it."""


class RestoreError(Exception):
    """Nothing was restored, or not all of it; the message says which."""


class InterruptedRestoreError(RestoreError):
    """The database has been filled, but not everything was restored: it has to be emptied first."""
