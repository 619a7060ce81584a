"""The search for better structures: plans that none beats in findings left, people touched and changes."""
