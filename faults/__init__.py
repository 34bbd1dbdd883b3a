"""What goes wrong is done on purpose, and counted: `make faults`; `--short` tries each a few times."""
