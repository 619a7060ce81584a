"""Organisations that tests of several layers use, as records and as files.

Records given besides take the place of those with the same id, or come last.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

from orgtui.files.organization_file import dump_organization, save_organization
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.model.store import TABLE_OF, Organization, key_of

TODAY = date(2026, 11, 21)


def small_organization(*others: Record, without: Collection[str] = ()) -> Organization:
    """Acme: marketing, with brand (content, pr) and growth (seo) below it, and enough wrong in it.

    chen heads marketing, li leads brand with zhang and xu, wang is alone in growth. `without` names records
    to leave out, as in `person:xu`.
    """
    records = (
        r.Profile("Acme Marketing", TODAY, "Everybody thinks of us first", date(2027, 2, 21)),
        r.Department("sales", "Sales"),
        r.Stage("awareness", "Awareness"),
        r.Stage("inquiry", "Inquiry"),
        r.Team("marketing", "Marketing", lead="chen", review="weekly"),
        r.Team("brand", "Brand", "marketing", "li", ("coverage",), "weekly"),
        r.Team("growth", "Growth", "marketing", "wang", review="weekly"),
        r.Function("content", "Content", team="brand", stages=("awareness",)),
        r.Function("pr", "PR", team="brand", stages=("awareness",)),
        r.Function("seo", "SEO", team="growth", stages=("inquiry",)),
        r.Person("chen", "marketing", "Chen Jing"),
        r.Person("li", "brand", "Li Na", functions={"content": 50}),
        r.Person("zhang", "brand", "Zhang Wei", "Content editor", functions={"content": 100}),
        r.Person("xu", "brand", "Xu Lei", functions={"pr": 100}),
        r.Person("wang", "growth", "王磊", functions={"seo": 100}),
        r.Goal("coverage", "Media coverage"),
        r.Goal("pipeline", "Qualified pipeline"),
        r.Share("team:brand", "team:growth", "messaging", every="weekly"),
    )
    kept = (each for each in records if _ref(each) not in without)
    return Organization((*kept, *others))


def full_organization() -> Organization:
    """Startup A: marketing with brand (pr and social below it), growth, and the focus team auto.

    chen heads marketing, li leads brand, wu leads pr, wang leads growth, zhao leads auto. Every table
    holds something.
    """
    return Organization(
        [
            r.Profile("Startup A", TODAY, "Seen first", currency="CNY"),
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
                focus=r.Focus("automation", TODAY, date(2027, 1, 1), "It runs"),
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


def _ref(record: Record) -> str:
    table = TABLE_OF[type(record)]
    return f"{table}:{key_of(table, record)}"


def write_small(folder: Path, *others: Record, without: Collection[str] = ()) -> Path:
    """The file of the small organisation, `small.toml`."""
    return write_organization(folder / "small.toml", small_organization(*others, without=without))


def write_organization(path: Path, organization: Organization) -> Path:
    save_organization(organization, path)
    return path


SMALL = dump_organization(small_organization()).decode()
"""The text of the file of the small organisation."""
