"""The list of incidents: its filters, what is counted of them, the sentence that says them, its map and timeline.

Written with `archive.lists`; page, files, feed and API all read the same filters.
"""
