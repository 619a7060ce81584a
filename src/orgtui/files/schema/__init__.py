"""What files may hold: schemas of the records, and the words for what does not fit."""
