"""Django's PostgreSQL backend with two roles and, where no server is given, one that starts at the first connection."""
