"""The terminal: its capabilities, its input and output, and the end of the process."""
