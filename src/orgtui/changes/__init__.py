"""Changes of an organisation: parsing, compiling to assignments, netting and replaying them."""
