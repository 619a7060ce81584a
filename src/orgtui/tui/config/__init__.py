"""The user's own files: settings, keys and themes."""
