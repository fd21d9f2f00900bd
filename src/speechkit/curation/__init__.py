"""Curation: what a corpus holds, what is wrong with it, how its phrases read."""
