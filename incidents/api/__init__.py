"""The read-only API: the same sets, parameters and fields as the lists, in pages."""
