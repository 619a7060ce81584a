"""The screens: the start screen and the session screen with its modes."""
