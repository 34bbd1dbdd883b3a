"""The record of an incident, as an edition states it: its parts as types, its flat row, its titles; writing it, what
differs between two, and what readers may see of one.
"""
