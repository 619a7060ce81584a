"""What is added by answering several questions at once; a family of things a module."""
