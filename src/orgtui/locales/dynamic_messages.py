"""Messages that are translated by value, marked for extraction: in the code they are keys and field names.

Only the extraction reads this module.
"""

from __future__ import annotations

from orgtui.model.sentence import N_

CHOICES = (
    N_("filled"),
    N_("vacant"),
    N_("planned"),
    N_("closed"),
    N_("established"),
    N_("new"),
    N_("weekly"),
    N_("monthly"),
    N_("quarterly"),
    N_("yearly"),
    N_("pairing"),
    N_("review"),
    N_("training"),
    N_("docs"),
    N_("meeting"),
    N_("rotation"),
    N_("error"),
    N_("warning"),
    N_("advice"),
)
"""The choices of fields of records."""

FIELDS = (
    N_("name"),
    N_("as_of"),
    N_("vision"),
    N_("review_on"),
    N_("currency"),
    N_("people"),
    N_("pay"),
    N_("id"),
    N_("liaison"),
    N_("volume"),
    N_("owner"),
    N_("function"),
    N_("since"),
    N_("exit"),
    N_("parent"),
    N_("lead"),
    N_("goals"),
    N_("review"),
    N_("pay_budget"),
    N_("tools"),
    N_("focus"),
    N_("area"),
    N_("team"),
    N_("stages"),
    N_("skills"),
    N_("kind"),
    N_("state"),
    N_("difficulty"),
    N_("breakthrough"),
    N_("fte_needed"),
    N_("title"),
    N_("fte"),
    N_("functions"),
    N_("learning"),
    N_("core"),
    N_("pillar"),
    N_("metric"),
    N_("target"),
    N_("evaluated"),
    N_("source"),
    N_("what"),
    N_("tracked"),
    N_("sla"),
    N_("topic"),
    N_("how"),
    N_("every"),
    N_("until"),
    N_("department"),
    N_("per_month"),
    N_("goal"),
    N_("purpose"),
    N_("select"),
    N_("ignore"),
    N_("severity"),
    N_("parameters"),
    N_("code"),
    N_("subjects"),
    N_("why"),
    N_("by"),
)
"""The names of fields of records, as lists of differences show them."""

KINDS = (
    N_("team"),
    N_("department"),
    N_("person"),
    N_("goal"),
    N_("tool"),
    N_("area"),
    N_("stage"),
    N_("function"),
    N_("pillar"),
)
"""The kinds of references."""

NEEDS = (
    N_("plan"),
    N_("handoffs"),
    N_("shares"),
    N_("headcount"),
    N_("function skills"),
    N_("people's skills"),
    N_("people's functions"),
    N_("requests"),
    N_("stages"),
    N_("areas"),
    N_("kinds"),
    N_("goals"),
    N_("divisions"),
    N_("pillars"),
    N_("pay"),
    N_("tools"),
)
"""The data without which rules are asleep."""

ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("%(prog)s: error: %(message)s\n"),
)
"""The messages of argparse, which looks them up in the catalogue itself."""
