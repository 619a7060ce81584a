"""The tree of teams as text formats of diagrams draw it: cards, and the sheets that they are divided over."""
