"""The commands by what they are for, each with an example: for help, the manual and the README."""

from __future__ import annotations

from orgtui.model.sentence import N_

LOOK, CHANGE, IN_AND_OUT = N_("look"), N_("change"), N_("in and out")
SERVERS, SHELLS = N_("sessions on a server"), N_("shells, editors and programs")

PURPOSES: dict[str, str] = {
    "check": LOOK,
    "places": LOOK,
    "rule": LOOK,
    "diff": LOOK,
    "fix": CHANGE,
    "suggest": CHANGE,
    "apply": CHANGE,
    "merge": CHANGE,
    "import": IN_AND_OUT,
    "export": IN_AND_OUT,
    "doctor": SERVERS,
    "recover": SERVERS,
    "git-setup": SHELLS,
    "completion": SHELLS,
    "schema": SHELLS,
}
"""The commands, each with its purpose; help lists purposes and commands in this order."""

EXAMPLES: dict[str, str] = {
    "": "orgtui acme.toml",
    "apply": "orgtui apply acme.toml acme.plan.toml -o acme.after.toml",
    "check": "orgtui check acme.toml --plan acme.plan.toml",
    "completion": "orgtui completion bash > ~/.local/share/bash-completion/completions/orgtui",
    "diff": "orgtui diff acme.toml acme.after.toml",
    "doctor": "orgtui doctor acme.toml",
    "export": "orgtui export acme.toml --plan acme.plan.toml --to html -o acme.html",
    "fix": "orgtui fix acme.toml -o acme.plan.toml",
    "git-setup": "orgtui git-setup",
    "import": "orgtui import people.xlsx -o acme.toml",
    "merge": "orgtui merge base.plan.toml acme.plan.toml theirs.plan.toml -o acme.plan.toml",
    "places": "orgtui places acme.toml function:sem",
    "recover": "orgtui recover acme.plan.log -o rescued.plan.toml",
    "rule": "orgtui rule P203",
    "schema": "orgtui schema organization > organization.schema.json",
    "suggest": "orgtui suggest acme.toml --seconds 20 -o better.plan.toml",
}
"""An example of each command, and of the app."""


def by_purpose() -> dict[str, list[str]]:
    """The purposes, each with the names of its commands."""
    groups: dict[str, list[str]] = {}
    for name, purpose in PURPOSES.items():
        groups.setdefault(purpose, []).append(name)
    return groups
