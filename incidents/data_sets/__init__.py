"""Rows of data sets: read by a map, each becomes a report and a draft incident whose claims rest on the row's words."""
