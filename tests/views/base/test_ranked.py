"""Lists to choose from: the likeliest first, and why."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from orgtui.engine.view import PlainView
from orgtui.model import records as r
from orgtui.model.store import Organization
from orgtui.rules.facts.candidates import lead_candidates, teams_alike
from orgtui.rules.facts.kin import are_kin
from orgtui.rules.policy import options_for
from orgtui.views.base.ranked import leads_ranked, successors_ranked, teams_ranked
from orgtui.views.base.scene import Scene
from tests.organizations import TODAY, small_organization


def scene(*others: r.Record) -> Scene:
    organization = small_organization(*others)
    return Scene(organization, organization, PlainView(organization, TODAY, options_for(organization.rules)))


BRAND = (
    r.Function("content", "Content", "brand", "brand", ("awareness",), {"copy": 3}),
    r.Function("pr", "PR", "brand", "brand", ("awareness",), {"press": 3}),
    r.Area("brand", "Brand"),
    r.Area("growth", "Growth"),
    r.Person("zhang", "brand", "Zhang Wei", functions={"content": 100}, skills={"copy": 3, "press": 2}),
    r.Person("xu", "brand", "Xu Lei", functions={"pr": 100}),
    r.Person("sun", "growth", "Sun Li", functions={"content": 20}, skills={"copy": 4}),
)


def test_members_who_cover_the_work_come_first_and_leads_of_others_last() -> None:
    ranked = leads_ranked(scene(*BRAND), "brand")
    assert [ref.id for ref in ranked.refs] == ["zhang", "li", "xu", "sun", "chen", "wang"]
    assert {ref.id: ranked.note(ref) for ref in ranked.refs} == {
        "zhang": "covers 2 of 2 functions",
        "xu": "covers 1 of 2 functions",
        "li": "covers 1 of 2 functions",
        "sun": "covers 1 of 2 functions",
        "chen": "",
        "wang": "",
    }


def test_who_leads_nothing_comes_before_who_leads_elsewhere() -> None:
    others = (r.Team("web", "Web", "growth", "zhou"), r.Person("zhou", "web"), r.Person("gao", "web"))
    refs = [ref.id for ref in leads_ranked(scene(*BRAND, *others), "brand").refs]
    assert refs.index("gao") < refs.index("chen") < refs.index("wang") < refs.index("zhou")


def test_a_successor_is_somebody_else_and_judged_by_the_team_they_would_lead() -> None:
    ranked = successors_ranked(scene(*BRAND), "li")
    assert [ref.id for ref in ranked.refs] == ["zhang", "xu", "sun", "chen", "wang"]
    assert ranked.note(ranked.refs[0]) == "covers 2 of 2 functions"


def test_teams_with_work_of_its_kind_come_first() -> None:
    others = (
        r.Team("press", "Press", "growth"),
        r.Team("web", "Web", "marketing"),
        r.Function("media", "Media", "brand", "press"),
        r.Function("site", "Site", "growth", "web"),
        r.Function("blog", "Blog", "brand", "web"),
        r.Function("ads", "Ads", "growth", "web"),
    )
    now = scene(*BRAND, *others)
    teams = teams_ranked(now, now.view.functions_of("brand"), {"brand"})
    assert [ref.id for ref in teams] == ["press", "web", "marketing", "growth"]


AREAS, SKILLS = st.sampled_from([None, "brand", "growth"]), st.sampled_from(["copy", "press", "data"])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["brand", "growth"]),
            AREAS,
            st.dictionaries(SKILLS, st.integers(0, 4), max_size=3),
        ),
        max_size=8,
    ),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=4),
)
def test_teams_are_alike_exactly_where_functions_are_kin(
    functions: list[tuple[str, str | None, dict[str, int]]], handed: list[tuple[int, int]]
) -> None:
    others: list[r.Record] = [
        r.Function(f"f{number}", "Work", area, team, (), skills)
        for number, (team, area, skills) in enumerate(functions)
    ]
    ends = {(f"f{one}", f"f{other}") for one, other in handed if max(one, other) < len(functions)}
    others += [r.Handoff(one, other) for one, other in sorted(ends) if one != other]
    organization = Organization(
        [
            r.Profile("Acme", TODAY),
            r.Area("brand", "Brand"),
            r.Area("growth", "Growth"),
            *(r.Team(team, team, parent) for team, parent in (("m", None), ("brand", "m"), ("growth", "m"))),
            *others,
        ]
    )
    view = PlainView(organization, TODAY, options_for(organization.rules))
    mine, theirs = view.functions_of("brand"), view.functions_of("growth")
    is_alike = any(are_kin(view, one, other) for one in mine for other in theirs)
    assert ("growth" in teams_alike(view, mine)) == is_alike


def test_whoever_is_not_near_is_not_looked_at() -> None:
    """What is read for a list does not grow with the people elsewhere."""
    crowd = [r.Person(f"p{number}", "growth") for number in range(50)]
    view = scene(*BRAND, *crowd).view
    assert set(lead_candidates(view, "brand").covered) == {"li", "zhang", "xu", "sun"}
