"""What lights up in the other panes when something is selected."""

from __future__ import annotations

from orgtui.model.records import Area, Function, Handoff, Mission, Person, Share, Stage, Team
from orgtui.model.sentence import Ref
from orgtui.views.panes.badges import Badges
from orgtui.views.panes.related import related
from tests.views.screen import by_identity, organization, reported

NOW = organization(
    Stage("mql", "MQL"),
    Area("brand", "Brand"),
    Team("root", "Marketing", lead="chen"),
    Team("web", "Web", "root", lead="wang"),
    Person("chen", "root", "Chen"),
    Person("wang", "web", "Wang", functions={"seo": 50}),
    Person("li", "root", "Li", functions={"seo": 50}),
    Function("seo", "SEO", "brand", "web", ("mql",)),
    Function("pr", "PR", team="root"),
    Handoff("seo", "pr"),
    Handoff("department:sales", "seo"),
    Share("person:wang", "team:root", "seo"),
    Mission("launch", "Launch", "chen", ("wang",)),
)
THIN = reported("warning", "P203", "team:web")
BADGES = Badges(NOW, by_identity(THIN))


def lit(ref: str, *subjects: str) -> set[str]:
    return {str(each) for each in related(NOW, BADGES, Ref(ref), map(Ref, subjects))}


def test_a_team_lights_its_people_functions_links_and_findings() -> None:
    assert lit("team:web") == {
        "person:wang",
        "function:seo",
        "share:person:wang>team:root>seo",
        "finding:P203 team:web",
    }


def test_a_function_lights_its_performers_stages_and_handoffs() -> None:
    assert lit("function:seo") == {
        "team:web",
        "person:wang",
        "person:li",
        "stage:mql",
        "handoff:seo>pr",
        "function:pr",
        "handoff:department:sales>seo",
        "department:sales",
    }


def test_a_person_lights_functions_links_missions_and_teams() -> None:
    assert lit("person:wang") == {
        "team:web",
        "function:seo",
        "mission:launch",
        "share:person:wang>team:root>seo",
    }


def test_links_light_their_ends_and_areas_their_functions() -> None:
    assert lit("share:person:wang>team:root>seo") == {"person:wang", "team:web", "team:root"}
    assert lit("area:brand") == {"function:seo"}


def test_a_finding_lights_its_subjects() -> None:
    assert lit("finding:P203 team:web", "team:web") == {"team:web"}


def test_what_is_gone_lights_nothing() -> None:
    for kind in ("team", "function", "person", "was", "step"):
        assert lit(f"{kind}:nobody") == set()
