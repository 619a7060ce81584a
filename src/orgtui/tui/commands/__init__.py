"""The registry of commands, with their keys, and the keymap."""
