"""Loading and writing organisation, people, pay and plan files; problems are reported all at once by line."""
