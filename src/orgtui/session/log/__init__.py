"""The session log as a file: append-only, locked, chained by hashes."""
