"""Random `[rules]` tables."""

from random import Random
from typing import Any

from .catalogue import CATALOGUE

#: values worth trying where the default is a number or a list
VALUES: dict[str, list[Any]] = {
    "min_headcount": [0, 1, 5, 20],
    "max_divisions": [1, 2, 3],
    "max_areas": [1, 3],
    "max_borders": [0, 1, 2],
    "similarity": [0.2, 0.34, 0.75, 1],
    "keep_together": [[["seo", "events"]], [["data", "data"], ["pr", "brand"]], []],
    "min_size": [1, 2, 5],
    "lead_level": [1, 3, 5],
    "max_functions": [1, 2, 3],
    "scarce": [1, 4],
    "max_size": [2, 4],
    "hard": [1, 2, 5],
    "max": [0, 1, 2, 3],
    "min_fte": [0.5, 2],
    "from_teams": [0, 2],
    "seats_per_team": [1, 2, 8],
    "min_teams": [2, 3, 4],
    "max_teams": [1, 3],
    "min_share": [0.1, 0.35],
    "min": [1, 3, 4],
    "least": [0.5, 1],
    "max_share": [0.1, 0.5],
}


def random_settings(rng: Random, tidy: float) -> dict[str, Any]:
    """Selected and ignored codes, names and families, severities and parameters; often nothing at all."""
    families = dict.fromkeys(code[:2] for code in CATALOGUE)
    words = [*CATALOGUE, *(name for name, _, _ in CATALOGUE.values()), *families, *"PCSA"]
    settings: dict[str, Any] = {}
    if rng.random() < 0.1:
        settings["select"] = [*rng.sample("PCSA", 2), *rng.sample(words[:-4], 3)]
    if rng.random() < 0.15:
        settings["ignore"] = rng.sample(words, rng.randint(0, 3))
    for code, (_, _, parameters) in CATALOGUE.items():
        table: dict[str, Any] = {
            key: rng.choice(VALUES[key]) for key in parameters if rng.random() < (0.5 - tidy / 2)
        }
        if rng.random() < 0.03:
            table["severity"] = rng.choice(["error", "warning", "advice"])
        if table:
            settings[code] = table
    return settings
