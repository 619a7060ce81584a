"""The terminal at the other end: what it can do, what it sends and is sent, and how it goes."""
