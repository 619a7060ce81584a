"""What could be done about it: fixes that mend, ranked by what they would resolve and introduce."""
