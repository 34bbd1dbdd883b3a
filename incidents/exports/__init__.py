"""The public data as files: rows of the lists, data sets, the fields that they have."""
