"""The registry of commands: keys, labels, help, when each can run."""
