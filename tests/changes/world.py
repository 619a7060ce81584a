"""A small department for examples, and how to make changes in it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from orgtui.changes.base import Change, Refused
from orgtui.changes.parse import parse_change
from orgtui.locales import say
from orgtui.model import records as r
from orgtui.model.store import Organization
from tests.changes.loading import assert_loads

AS_OF = date(2026, 11, 21)


def department() -> Organization:
    """Marketing with brand (pr and social below it), growth, and the focus team auto.

    chen heads marketing, li leads brand, wu leads pr, wang leads growth, zhao leads auto.
    """
    return Organization(
        [
            r.Profile("Startup A", AS_OF, "Seen first", currency="CNY"),
            r.Pillar("scale", "Scale"),
            r.Pillar("trust", "Trust"),
            r.Department("product", "Product", liaison="pr"),
            r.Department("sales", "Sales"),
            r.Stage("awareness", "Awareness"),
            r.Stage("inquiry", "Inquiry"),
            r.Area("growth", "Growth"),
            r.Area("brand", "Brand"),
            r.Team("marketing", "Marketing", lead="chen", goals=("revenue",)),
            r.Team("brand", "Brand", "marketing", "li", ("reach", "pipeline"), "monthly", 100, ("cms",)),
            r.Team("pr", "PR", "brand", "wu", ("reach", "media"), None, 0.5, ("wire", "cms")),
            r.Team("social", "Social", "brand"),
            r.Team("growth", "Growth", "marketing", "wang", ("pipeline",)),
            r.Team(
                "auto",
                "Automation",
                "marketing",
                "zhao",
                ("pipeline",),
                "weekly",
                focus=r.Focus("automation", AS_OF, date(2027, 1, 1), "It runs"),
            ),
            r.Function("content", "Content", "brand", "brand", ("awareness",), {"copy": 3}),
            r.Function("press", "Press", "brand", "pr", ("awareness",), kind="pr"),
            r.Function("seo", "SEO", "growth", "growth", ("awareness", "inquiry"), {"seo": 3}, difficulty=2),
            r.Function("automation", "Automation", "growth", "auto", ("inquiry",), breakthrough=True),
            r.Function("nurture", "Nurture", "growth", "auto"),
            r.Function("events", "Events"),
            r.Person("chen", "marketing", "Chen Jing"),
            r.Person("li", "brand", "Li Na", functions={"content": 50}, skills={"copy": 4}),
            r.Person("wu", "pr", "Wu Min", "Head of PR", functions={"press": 100}, learning=("copy",)),
            r.Person("xu", "pr", "Xu Bo", functions={"press": 30, "seo": 20, "events": 0}),
            r.Person("gone", "pr", "Old Hand", state="closed", functions={"events": 10}),
            r.Person("wang", "growth", "王磊", functions={"seo": 100}),
            r.Person("open-1", "growth", None, "SEM manager", "vacant", functions={"events": 50}),
            r.Person("next-1", "growth", None, "Analyst", "planned"),
            r.Person("zhao", "auto", "Zhao Lei", functions={"automation": 100}),
            r.Goal("revenue", "Revenue", True, "scale"),
            r.Goal("pipeline", "Pipeline", True, "scale"),
            r.Goal("reach", "Reach", metric="people", target=1000),
            r.Goal("media", "Media coverage"),
            r.Goal("idle", "Idle"),
            r.Handoff("content", "press", "texts", False),
            r.Handoff("seo", "department:sales", None, True, "4h"),
            r.Share("team:pr", "team:growth", "seo", "docs", "weekly"),
            r.Share("team:brand", "team:growth", "seo", None, "monthly"),
            r.Share("person:xu", "team:brand", "copy"),
            r.Share("team:auto", "person:wang", "seo", until=date(2027, 6, 30)),
            r.Request("pr", "product", "Feature sheets", 3),
            r.Request("growth", "product", "feature sheets", 0.1),
            r.Request("brand", "product", " feature SHEETS ", 0.2),
            r.Request("brand", "product", "Feature sheets"),
            r.Request("pr", "sales", "Wins"),
            r.Mission("launch", "Launch", "wu", ("xu", "wu"), "pipeline", date(2027, 3, 31)),
            r.Tool("cms", "CMS", "website"),
            r.Tool("wire", "Wire"),
            r.Acceptance("P203", ("team:pr",), "Until the merger"),
            r.Acceptance("C206", ("share:team:pr>team:growth>seo",), "We meet anyway"),
            r.Acceptance("P203", ("team:social",), "New"),
        ]
    )


def change(op: str, **fields: Any) -> Change:
    """A change as it is written; `source` and `target` stand for the keys from and to."""
    keys = {"source": "from", "target": "to"} if op.endswith(("_handoff", "_share")) else {}
    return parse_change({"op": op, **{keys.get(name, name): value for name, value in fields.items()}})


def make(organization: Organization, op: str, **fields: Any) -> Organization:
    """The organisation after a change, which could be loaded."""
    there = organization.copy()
    for each in change(op, **fields).compile(there):
        there.apply(each)
    assert_loads(there)
    return there


def refusal(organization: Organization, op: str, **fields: Any) -> str:
    """Why a change is refused."""
    with pytest.raises(Refused) as refused:
        change(op, **fields).compile(organization)
    return say(refused.value.sentence)
