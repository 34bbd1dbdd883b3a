"""What every answer of the site shares, whatever it is about: addresses and their converters, links, heads of pages.

Here are also the middleware and what keeps answers in caches, citations as pages offer them, and the writers of Atom
feeds and sitemaps. Nothing here knows a list or a page.
"""
