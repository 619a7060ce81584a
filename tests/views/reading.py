"""A small department with work, goals, links and handoffs, judged, and pages about it as text."""

from __future__ import annotations

from datetime import date

from orgtui.model.records import (
    Acceptance,
    Department,
    Function,
    Goal,
    Handoff,
    Mission,
    Person,
    Pillar,
    Profile,
    Record,
    Request,
    RuleSettings,
    Share,
    Stage,
    Team,
    Tool,
)
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment, ReportedFinding
from orgtui.views.base.scene import Scene
from orgtui.views.pages.page import Page
from tests.views.screen import screen

WIDTH = 66


def department(*more: Record) -> Organization:
    return Organization(
        (
            Profile("Acme Marketing", date(2026, 11, 21)),
            Pillar("scale", "Scale"),
            Department("sales", "Sales", liaison="brand"),
            Stage("awareness", "Awareness"),
            Stage("sql", "SQL", volume=1200, owner="sales"),
            Team("marketing", "Marketing", lead="chen"),
            Team("brand", "Brand", "marketing", "li", ("media", "pipeline"), "weekly", tools=("cms",)),
            Team("design", "Design", "brand"),
            Team("web", "网站", "marketing", "wang", ("pipeline",)),
            Function("content", "Content", team="brand", stages=("awareness",), skills={"copy": 3}),
            Function("seo", "SEO", team="web", stages=("awareness",), state="new", fte_needed=1.5),
            Function("visuals", "Visuals", team="design"),
            Person("chen", "marketing", "Chen", "Head of marketing"),
            Person("li", "brand", "Li", skills={"copy": 4}, learning=("seo",)),
            Person("zhang", "brand", "Zhang Wei", functions={"content": 80}, skills={"copy": 2}),
            Person("wang", "web", "王磊", functions={"seo": 55}),
            Person("planned", "web", title="SEO lead", state="planned", fte=50),
            Goal("media", "Media coverage"),
            Goal("pipeline", "Pipeline", True, "scale", "accepted", 30000000, "weekly", True),
            Handoff("content", "seo", "topics", True, "2d"),
            Handoff("seo", "department:sales"),
            Share("team:brand", "person:wang", "messaging", "docs", "weekly"),
            Request("web", "sales", "win reports", 2),
            Mission("launch", "Launch", "li", ("wang",), "pipeline", date(2027, 3, 31)),
            Tool("cms", "CMS", "website"),
            *more,
        )
    )


def assessed(organization: Organization) -> Assessment:
    assessment = Assessment(organization, date(2026, 11, 21))
    assessment.evaluate_pending()
    return assessment


def scene_of(assessment: Assessment, baseline: Organization | None = None) -> Scene:
    now = assessment.organization
    return Scene(now, baseline or now.copy(), assessment.view)


def finding(assessment: Assessment, code: str, *subjects: str) -> ReportedFinding:
    return assessment.reported[code, subjects]


def shown(page: Page, scene: Scene, width: int = WIDTH) -> str:
    """A page as it would stand on screen, its title first."""
    return f"\n{scene.translate(page.title)}{screen(page, width)}"


def targets(page: Page) -> list[Ref | None]:
    return [page.target(index) for index in range(len(page))]


ONLY_THIN = RuleSettings(select=("P203", "P402"))
LIVED_WITH = Acceptance("P203", ("team:brand",), "Two more come in spring", "chen", date(2027, 3, 31))
