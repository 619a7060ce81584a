"""A second, deliberately naive reading of the rule catalogue, and random organisations to try it on."""
