"""The rules of the floor: pure functions over frozen values.

Standard library only. No I/O, no clock, no randomness, no framework: time and ids come in as arguments.
"""
