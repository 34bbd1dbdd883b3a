"""Formats of numbers where ours are not Django's."""
