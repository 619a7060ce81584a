"""Opening, starting, leaving, and what comes in from outside."""
