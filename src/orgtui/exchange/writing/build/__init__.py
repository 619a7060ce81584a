"""The report of a restructuring, built once for all formats: a module for each of its parts."""
