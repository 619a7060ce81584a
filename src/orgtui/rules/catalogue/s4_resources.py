"""S4 Resources: people, money, technology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orgtui.engine.finding import Violation, sized_violation, violation
from orgtui.engine.view import View
from orgtui.model.records import Number
from orgtui.model.sentence import N_, Ref
from orgtui.rules.facts.numbers import as_decimal, integer_ratio, rounded_up
from orgtui.rules.facts.pay import amount, exceeds_budget, pay_below
from orgtui.rules.registry import rule

CHAPTERS = {"S4": N_("Resources")}


@dataclass(frozen=True, slots=True)
class Staffing:
    """Parameters of S403."""

    least: Number = 0.8


@rule(
    "S401",
    "over-budget",
    "warning",
    on="team",
    needs=("pay",),
    money=("pay", "pay_budget"),
    says=N_("The seats of {team} cost {pay} a year; its budget is {pay_budget}"),
)
def over_budget(view: View, team: str, _: object) -> Iterator[Violation]:
    """A team costs more than its budget.

    ## What it checks
    The yearly pay of the open seats of the team and of all teams below it is more than its `pay_budget`. Who
    is missing in the pay file costs 0. Without a pay file the rule is asleep.

    ## Why
    A structure that cannot be paid for will be cut in the middle of the year, where it is easiest and not
    where it is wisest.

    ## Example bad
    ```toml
    # every seat costs 100,000 a year
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", pay_budget = 150000 }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing" },
      { id = "wang-lei", name = "Wang Lei", team = "marketing" },
    ]
    ```

    ## Example good
    ```toml
    # every seat costs 100,000 a year
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing", pay_budget = 200000 }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing" },
      { id = "wang-lei", name = "Wang Lei", team = "marketing" },
    ]
    ```

    ## How to mend
    Ask for the budget that the plan needs, or leave a seat vacant.

    ## Source
    Our judgement.
    """
    record = view.team(team)
    if record is None or record.pay_budget is None:
        return
    pay = pay_below(view, team)
    if exceeds_budget(pay, record.pay_budget):
        yield violation(Ref.to("team", team), pay=amount(pay), pay_budget=record.pay_budget)


@rule(
    "S402",
    "tool-twice",
    "advice",
    on="purpose",
    needs=("tools",),
    says=N_("Teams use different tools for one purpose, {purpose}: {tools}"),
)
def tool_twice(view: View, purpose: str, _: object) -> Iterator[Violation]:
    """Two teams use different tools for the same purpose.

    ## What it checks
    Two different tools of one purpose are used in two teams.

    ## Why
    Two systems of one kind cost two licences and, worse, split the data: a customer known in one is a
    stranger in the other.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing", tools = ["postman"] },
      { id = "events", name = "Events", parent = "marketing", tools = ["mailbox"] },
    ]
    tool = [
      { id = "postman", name = "Postman", purpose = "customer mailings" },
      { id = "mailbox", name = "Mailbox", purpose = "customer mailings" },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [
      { id = "marketing", name = "Marketing", tools = ["postman"] },
      { id = "events", name = "Events", parent = "marketing", tools = ["postman"] },
    ]
    tool = [
      { id = "postman", name = "Postman", purpose = "customer mailings" },
      { id = "mailbox", name = "Mailbox", purpose = "customer mailings" },
    ]
    ```

    ## How to mend
    Let the teams change to one of the tools, or say what each is for.

    ## Source
    Our judgement.
    """
    users = {tool: view.tool_users(tool) for tool in view.tools_for(purpose)}
    used = sorted(tool for tool, teams in users.items() if teams)
    first_users = {next(iter(users[tool])) for tool in used}
    in_two_teams = len(first_users) >= 2 or any(len(users[tool]) >= 2 for tool in used)
    if len(used) >= 2 and in_two_teams:
        yield violation(Ref.to("purpose", purpose), tools=tuple(Ref.to("tool", tool) for tool in used))


@rule(
    "S403",
    "function-understaffed",
    "warning",
    on="function",
    needs=("people's functions",),
    options=Staffing,
    says=N_("{function} gets {fte} of the {fte_needed} full-time weeks it needs"),
)
def function_understaffed(view: View, function: str, options: Staffing) -> Iterator[Violation]:
    """A function gets clearly less time than it needs.

    ## What it checks
    The function is performed and says how much work it is (`fte_needed`); the shares of those who perform it
    add up to less than `least` times that.

    ## Why
    Work that is planned for two and done by one is late or thin, whoever does it. Nobody performing it at all
    is another finding, S202.

    ## Example bad
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "seo", name = "SEO", team = "marketing", fte_needed = 2 }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing", functions = { seo = 1.0 } },
      { id = "wang-lei", name = "Wang Lei", team = "marketing", functions = { seo = 0.2 } },
    ]
    ```

    ## Example good
    ```toml
    format = 1
    organization = { name = "Example", as_of = 2026-11-21 }
    team = [{ id = "marketing", name = "Marketing" }]
    function = [{ id = "seo", name = "SEO", team = "marketing", fte_needed = 2 }]
    person = [
      { id = "li-na", name = "Li Na", team = "marketing", functions = { seo = 1.0 } },
      { id = "wang-lei", name = "Wang Lei", team = "marketing", functions = { seo = 0.6 } },
    ]
    ```

    ## How to mend
    Give it more of somebody's week, also from work that gets more than it needs; fill a seat for it, or need
    less: change the plan rather than the people.

    ## Options
    `least` (default 0.8): the part of `fte_needed` that must be there.

    ## Source
    Our judgement.
    """
    record = view.function(function)
    if record is None or record.fte_needed is None or not view.performers(function):
        return
    staffing = view.staffing(function)
    least, of_least = integer_ratio(options.least)
    needed, of_needed = integer_ratio(record.fte_needed)
    missing = 100 * least * needed - staffing * of_least * of_needed
    if missing > 0:
        yield sized_violation(
            rounded_up(missing, 10 * of_least * of_needed),
            Ref.to("function", function),
            fte=as_decimal(staffing),
            fte_needed=record.fte_needed,
            least=options.least,
        )
