"""Drawing maps: outlines, names, marks, scale and inset (docs/adr/0012-pictures-drawn-on-the-server.md).

`outlines` reads the file of borders, `orientation` says what is named, `labelling` finds room for names, `furniture`
measures scale and inset, `symbols` are the shapes of marks, `canvas` puts them together, `small` draws the small map of
a record, place or facility, and `markup` writes SVG.
"""
