"""What all view-models are made of: rows, spans, signs, names."""
