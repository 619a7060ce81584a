"""S1 Strategy and goals: every pillar has goals, every goal a pillar."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.engine.finding import Violation, violation
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref
from orgtui.rules.registry import rule

CHAPTERS = {"S1": N_("Strategy and goals")}


@rule(
    "S101",
    "pillar-without-goal",
    "warning",
    on="pillar",
    needs=("pillars",),
    says=N_("No goal serves {pillar}: the strategy names it and nobody works towards it"),
)
def pillar_without_goal(view: View, pillar: str, _: object) -> Iterator[Violation]:
    """A pillar of the strategy that no goal serves.

    ## What it checks
    No goal names the pillar.

    ## Why
    A strategy is carried out by the numbers that teams hold. A pillar without a goal stays on the slide.

    ## Example bad
    ```toml
    format = 1

    [organization]
    name = "Example"
    as_of = 2026-11-21
    pillars = [{ id = "scale", name = "Scale acquisition" }, { id = "trust", name = "Earn trust" }]

    [[team]]
    id = "marketing"
    name = "Marketing"

    [[goal]]
    id = "leads"
    name = "Qualified leads"
    pillar = "scale"
    ```

    ## Example good
    ```toml
    format = 1

    [organization]
    name = "Example"
    as_of = 2026-11-21
    pillars = [{ id = "scale", name = "Scale acquisition" }, { id = "trust", name = "Earn trust" }]

    [[team]]
    id = "marketing"
    name = "Marketing"

    [[goal]]
    id = "leads"
    name = "Qualified leads"
    pillar = "scale"

    [[goal]]
    id = "references"
    name = "Customers who speak for us"
    pillar = "trust"
    ```

    ## How to mend
    Add a goal for the pillar, let an existing goal serve it, or take the pillar out of the strategy.

    ## Source
    Our judgement.
    """
    if view.pillar(pillar) is not None and not view.pillar_goals(pillar):
        yield violation(Ref.to("pillar", pillar))


@rule(
    "S102",
    "goal-off-strategy",
    "advice",
    on="goal",
    needs=("goals", "pillars"),
    says=N_("{goal} serves no pillar of the strategy"),
)
def goal_off_strategy(view: View, goal: str, _: object) -> Iterator[Violation]:
    """A goal that serves no pillar of the strategy.

    ## What it checks
    The goal names no pillar.

    ## Why
    Teams work for what is asked and evaluated. A number that serves no pillar draws work away from those that
    do, or the strategy has forgotten something.

    ## Example bad
    ```toml
    format = 1

    [organization]
    name = "Example"
    as_of = 2026-11-21
    pillars = [{ id = "scale", name = "Scale acquisition" }]

    [[team]]
    id = "marketing"
    name = "Marketing"

    [[goal]]
    id = "followers"
    name = "Followers"
    ```

    ## Example good
    ```toml
    format = 1

    [organization]
    name = "Example"
    as_of = 2026-11-21
    pillars = [{ id = "scale", name = "Scale acquisition" }]

    [[team]]
    id = "marketing"
    name = "Marketing"

    [[goal]]
    id = "leads"
    name = "Qualified leads"
    pillar = "scale"
    ```

    ## How to mend
    Say which pillar the goal serves, or drop the goal.

    ## Source
    Our judgement.
    """
    record = view.goal(goal)
    if record is not None and record.pillar is None:
        yield violation(Ref.to("goal", goal))
