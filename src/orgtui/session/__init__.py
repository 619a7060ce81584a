"""A working session: every change is in an append-only log on disk before anybody sees it."""
