"""From rows to people, teams and questions: pure functions that know neither terminal nor file formats."""
