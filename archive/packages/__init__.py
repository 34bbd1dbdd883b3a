"""Evidence packages: what the archive has of a report or an incident, in one file that is checked without it."""
