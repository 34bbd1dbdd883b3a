"""Articles as readers meet them: the list with its rows, columns and facets, its files and feed, one article as data.

Here is what is said of articles; how lists, files and answers work is in `lists`, `exports` and `web`.
"""
