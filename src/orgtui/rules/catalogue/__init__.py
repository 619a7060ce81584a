"""The rules, one module a family; each carries its page and its sentences."""
