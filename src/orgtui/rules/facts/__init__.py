"""The terms of the domain as derived values, which rules and fixes read."""
