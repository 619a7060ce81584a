"""The web of teams that share knowledge, as a picture in the terminal."""
