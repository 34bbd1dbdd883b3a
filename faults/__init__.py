"""What goes wrong is done on purpose, and counted: `make faults`. The tests have a short form of it."""
