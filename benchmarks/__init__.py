"""How fast the archive is at size: `make bench`. Nothing of it is needed to run the archive."""
