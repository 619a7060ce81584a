"""Moving, finding, reading, comparing: nothing changes."""
