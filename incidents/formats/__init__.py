"""Everything that writes the record out: files of lists, feeds, JSON-LD, citations, the data package, other data sets'
columns; and the tables of public fields that these and the API go by.
"""
