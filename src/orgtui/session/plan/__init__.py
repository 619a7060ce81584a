"""Plans: opening, folding a session into one, rebasing, comparing."""
