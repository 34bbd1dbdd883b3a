"""Lists, whatever their rows: from the parameters of an address to one page of the set that they select.

Fields and filters read the address, paging cuts the set by keyset, columns count it in memory for facets and totals,
and `Listing` is what a page shows; nothing asked for is ignored silently. Each app's own lists are written with these.
"""
