"""Questions to the user: text, choices, forms, pages to read."""
