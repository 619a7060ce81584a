"""The four panes of the session screen."""
