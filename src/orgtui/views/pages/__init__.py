"""Pages about one thing: its fields, its findings, its principle."""
