"""What mends findings, one module a family of rules."""
