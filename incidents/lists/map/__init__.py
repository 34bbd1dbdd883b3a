"""A list on a map: what is asked for, counted, said and drawn (docs/adr/0012-pictures-drawn-on-the-server.md).

`filters` reads what is asked, `parts` splits it, `town_map` counts it and puts it on the sheet of `incidents.maps`,
`wording` says it, `markup` and `sheet` write it.
"""
