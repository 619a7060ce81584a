"""Pictures of a report: where every box, line and word stands, independent of the format they end in."""
