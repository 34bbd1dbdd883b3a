"""Where the bytes of captures lie that are too large for the database: a folder, or a bucket of an object store.

Each lies under its sha256, written whole, read back, and never changed. `archive.capture_bytes` is the door; here are
the way to the storage, and what moves bytes between it and the database.
"""
