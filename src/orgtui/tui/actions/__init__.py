"""The functions of commands; each module is imported when one of its commands first runs."""
