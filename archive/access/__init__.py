"""Who comes in to the editors' side: where a request comes from, how fast it may guess, the second factor."""
