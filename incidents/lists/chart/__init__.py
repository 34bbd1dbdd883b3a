"""A list through time as a chart: what is asked for, counted, said and drawn (docs/adr/0050-charts.md).

`filters` reads what is asked, `series` are its lists, `counting` counts them, `wording` says them, `plot` and `sheet`
draw them.
"""
