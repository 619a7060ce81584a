"""What is known of each kind of thing; a family of kinds a module."""
