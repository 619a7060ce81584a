"""What rules ask of an organisation: the terms of the domain as derived values."""
