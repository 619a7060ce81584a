"""Advice: fixes of findings and places for what is carried, ranked by what they resolve and introduce."""
