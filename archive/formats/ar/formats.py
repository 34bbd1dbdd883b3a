"""Numbers in Arabic with the digits 0–9: 1,234.5 as the Levant and the CLDR (ar, latn) write them, not 1.234,5."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
