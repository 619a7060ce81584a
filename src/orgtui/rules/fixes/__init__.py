"""The functions that propose fixes, one module for each family of rules."""
