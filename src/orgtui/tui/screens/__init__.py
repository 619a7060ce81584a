"""The screens: the session itself, and the prompts that are imported when first opened."""
