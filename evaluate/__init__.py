"""What is measured on real input: how right the archive reads, not how fast. `make evaluate`."""
