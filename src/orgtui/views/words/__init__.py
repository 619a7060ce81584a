"""Changes, conflicts, records and people worded for the screen."""
