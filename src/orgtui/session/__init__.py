"""Sessions: every change is kept in an append-only log on disk before anybody sees it."""
