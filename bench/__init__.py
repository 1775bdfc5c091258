"""Benchmarks: `python -m bench`. Never part of the tests; see README.md."""
