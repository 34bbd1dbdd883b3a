"""Pages of incidents, and of what is known by them: towns, facilities, actors, sources."""
