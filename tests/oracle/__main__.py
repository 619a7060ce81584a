"""`python -m tests.oracle FILE [--pay PAY.csv] [--today DATE]`: what the naive reading finds in a TOML
file."""

import argparse
import csv
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from .catalogue import CATALOGUE
from .naive import naive_check


def read_people(path: Path) -> list[dict[str, Any]]:
    """People of a CSV file, as the entries they stand for."""
    entries: list[dict[str, Any]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            cells = {key: bare(cell) for key, cell in row.items() if cell.strip()}
            entry: dict[str, Any] = {
                key: cell for key, cell in cells.items() if key in ("id", "name", "title", "team", "state")
            }
            if "fte" in cells:
                entry["fte"] = float(cells["fte"])
            for key, number in (("functions", float), ("skills", int)):
                parts = [part.split(":") for part in cells.get(key, "").split(";") if part]
                entry[key] = {name: number(value) for name, value in parts}
            entry["learning"] = [skill for skill in cells.get("learning", "").split(";") if skill]
            entries.append(entry)
    return entries


def bare(cell: str) -> str:
    """Reading takes one `'` off a cell that had to be guarded."""
    return (
        cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(("=", "+", "-", "@", "\t")) else cell
    )


def main() -> None:
    """Print findings, sleeping rules, stale acceptances and metrics."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle", description=main.__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--pay", type=Path)
    parser.add_argument("--today", type=date.fromisoformat)
    arguments = parser.parse_args()
    document = tomllib.loads(arguments.file.read_text(encoding="utf-8"))
    if people := document.get("files", {}).get("people"):
        document["person"] = read_people(arguments.file.parent / people)
    pay = None
    if arguments.pay:
        with arguments.pay.open(encoding="utf-8-sig", newline="") as file:
            pay = {row["person"]: float(row["annual_cost"]) for row in csv.DictReader(file)}
    result = naive_check(document, today=arguments.today, pay=pay)
    for finding in result.findings:
        code, subjects = finding
        mark = " (accepted)" if result.accepted[finding] else ""
        print(f"{code} {result.severity[finding]:8}{CATALOGUE[code][0]:27}{' '.join(subjects) or '–'}{mark}")
    print(f"\n{len(result.findings)} findings of {len({code for code, _ in result.findings})} rules")
    print("\nasleep:", ", ".join(f"{code} ({need})" for code, need in result.asleep) or "none")
    fired = {code for code, _ in result.findings} | {code for code, _ in result.asleep}
    print("silent:", " ".join(code for code in CATALOGUE if code not in fired) or "none")
    print(
        "stale acceptances:", ", ".join(f"{code} {' '.join(s)}" for code, s in result.stale_accepts) or "none"
    )
    print("\n" + "\n".join(f"{key:22}{value}" for key, value in result.metrics.items()))


if __name__ == "__main__":
    main()
