"""Organisation, people, pay and plan files in and out; every problem of a file at once, with its line."""
