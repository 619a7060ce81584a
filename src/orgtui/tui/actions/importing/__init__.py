"""Importing a spreadsheet, an export or a list, step by step."""
