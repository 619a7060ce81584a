"""What was done in a session: history, undo and redo, what others did."""
