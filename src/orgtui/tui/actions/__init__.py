"""What commands do, a module a flow; each is imported when one of its commands first runs."""
