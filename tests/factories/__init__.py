"""Factories: each states only what a row needs to exist; a test states what its case needs."""
