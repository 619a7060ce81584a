"""TOML documents: parsing with line numbers, problems by key, canonical writing."""
