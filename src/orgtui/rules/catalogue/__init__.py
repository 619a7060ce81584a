"""The rules, one module for each family; each rule holds its page and its templates."""
