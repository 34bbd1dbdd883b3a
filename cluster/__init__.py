"""Several machines on this one: what docs/cluster.md describes, on loopback, to try it and to kill it."""
