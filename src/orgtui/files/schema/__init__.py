"""The schemas of files, derived from the types of records and operations."""
