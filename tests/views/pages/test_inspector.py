"""What is known of each kind of thing, as a page; and why a finding speaks."""

from __future__ import annotations

import pytest

from orgtui.locales import current_language, set_language
from orgtui.locales.language import CHINESE
from orgtui.model.records import Person, Share
from orgtui.model.sentence import Ref
from orgtui.model.store import Set
from orgtui.views.base.scene import Scene
from orgtui.views.pages.finding_page import RECORDS_MAX, finding_page
from orgtui.views.pages.inspector import FACTS, findings_about, inspector_page
from tests.views.reading import (
    LIVED_WITH,
    ONLY_THIN,
    WIDTH,
    assessed,
    department,
    finding,
    scene_of,
    shown,
    targets,
)
from tests.views.screen import changed

PAGES = {
    "team:brand": """
Brand
   Name              Brand
   Below             Marketing                                      ›
   Lead              Li                                             ›
   Leads until       for good
   Seats             2
   People            Li                                             ›
                     Zhang Wei                                      ›
   Functions         Content                                        ›
   Teams             Design                                         ›
   Goals             Media coverage                                 ›
                     Pipeline                                       ›
                     take a goal
   Review            weekly
   Shares knowledge  to 王磊: messaging, weekly, docs               ›
                     add a link
   In the web        links with 1 team; no team has more
   Hands over with   网站: 1 handoff, 0 not tracked                 ›
   Asks              ask a department
   Tools             CMS                                            ›
   Pay budget        not said
   Targets           add a target
   Notes             add a note

   Findings
   ▲ P203 Brand has 2 seats; a team needs 3 to be more … (accepted) ›
""",
    "function:seo": """
SEO
   Name                SEO
   Team                网站                                         ›
   Area                not said
   Stages              Awareness                                    ›
   Kind                not said
   Skills needed       add a skill
   State               new
   Difficulty, 1 to 5  1
   Breakthrough        no
   Done by             王磊 0.55                                    ›
                       add somebody
   FTE                 0.55
   FTE needed          1.5
   Hands over to       Sales: not tracked                           ›
                       add a handoff
   Takes from          Content (Brand): topics, tracked, 2d         ›
                       add a handoff
   Notes               add a note
""",
    "person:wang": """
王磊
   Name              王磊
   Team              网站                                           ›
   State             filled
   FTE               1
   Assistant         no
   Reports to        Chen                                           ›
   Layer             2
   Leads             网站                                           ›
   Span of control   1 seat
   Functions         SEO 0.55                                       ›
                     add a function
   Skills            add a skill
   Learning          add a skill
   Shares knowledge  from Brand: messaging, weekly, docs            ›
                     add a link
   In the web        1 pair of teams shares only through this
                     person
   Missions          Launch                                         ›
   Notes             add a note
""",
    "stage:sql": """
SQL
   Name                 SQL
   Place in the funnel  2 of 2
   Stands before        none: it is the last
   Volume a month       1,200
   Worked by            Sales                                       ›
   Served by            add a function
   Notes                add a note
""",
    "goal:pipeline": """
Pipeline
   Name       Pipeline
   Core       yes
   Pillar     Scale                                                 ›
   Metric     accepted
   Target     30,000,000
   Review     weekly
   Evaluated  yes
   Shared     yes
   Held by    Brand                                                 ›
              网站                                                  ›
              add a team
   Missions   Launch                                                ›
   Notes      add a note
""",
    "share:team:brand>person:wang>messaging": """
Brand to 王磊: messaging
   From   Brand                                                     ›
   To     王磊                                                      ›
   Topic  messaging
   How    docs
   Every  weekly
   Until  not said
   Notes  add a note
""",
    "handoff:seo>department:sales": """
SEO to Sales
   From           SEO (网站)                                        ›
   To             Sales                                             ›
   What           not said
   Tracked        no
   Agreed within  not said
   Notes          add a note
""",
    "department:sales": """
Sales
   Name        Sales
   Liaison     Brand                                                ›
   Stages      SQL                                                  ›
   Takes from  SEO (网站): not tracked                              ›
   Asked by    网站: win reports  2 a month                         ›
   Notes       add a note
""",
    "skill:copy": """
copy
   Name       not said
   Needed by  Content 3                                             ›
              add a function
   Known by   Li 4                                                  ›
              Zhang Wei 2                                           ›
              add somebody
   Learnt by  add somebody
   Notes      add a note
""",
    "mission:launch": """
Launch
   Name    Launch
   Lead    Li                                                       ›
   People  王磊                                                     ›
   Goal    Pipeline                                                 ›
   Until   2027-03-31
   Notes   add a note
""",
    "tool:cms": """
CMS
   Name     CMS
   Purpose  website
   Used by  Brand                                                   ›
            add a team
   Notes    add a note
""",
    "pillar:scale": """
Scale
   Name   Scale
   Goals  Pipeline                                                  ›
          add a goal
   Notes  add a note
""",
    "organization:": """
the organisation
   Name                Acme Marketing
   Vision              not said
   As of               2026-11-21
   Looked at again on  not said
   Pillars             Scale                                        ›
                       add a pillar
   Goals               Media coverage: 1 team holds it              ›
                       Pipeline: 2 teams hold it                    ›
                       add a goal
   Missions            Launch: Li, until 2027-03-31                 ›
   Departments         Sales                                        ›
                       add a department
   Stages              Awareness                                    ›
                       SQL                                          ›
                       add a stage
   Areas               add an area
   Tools               CMS                                          ›
                       add a tool
   Skills              list a skill
   Targets             add a target
   Accepted findings   P203 Brand                                   ›
""",
    "funnel:": """
the funnel
   Awareness    2 functions of 2 teams                              ›
   to the next  handed over, not tracked
                SEO to Sales, not tracked                           ›
   SQL          worked by Sales                                     ›
""",
    "request:web>sales>win reports": """
网站 to Sales: win reports
   From           网站                                              ›
   To             Sales                                             ›
   Topic          win reports
   Times a month  2
   Asked by       网站
   Notes          add a note
""",
    "accept:P203 team:brand": """
P203 Brand
   Principle  P203                                                  ›
   About      Brand                                                 ›
   Why        Two more come in spring
   By         chen
   Until      2027-03-31
""",
}


@pytest.mark.parametrize("ref", PAGES)
def test_everything_known_of_a_thing(ref: str) -> None:
    assessment = assessed(department(ONLY_THIN, LIVED_WITH))
    scene = scene_of(assessment)
    assert shown(inspector_page(scene, Ref(ref), assessment.reported.values(), WIDTH), scene) == PAGES[ref]


ALWAYS_THERE = {"skill", "organization", "funnel"}


def test_the_page_of_a_team_tells_what_runs_through_it_once_that_is_known() -> None:
    assessment = assessed(department(Share("team:design", "team:web", "layouts")))
    scene = scene_of(assessment)

    def between(team: str) -> list[str]:
        page = shown(inspector_page(scene, Ref.to("team", team), (), WIDTH), scene)
        return [line.strip() for line in page.splitlines() if "Between" in line]

    assert between("web") == [], "nobody waits for it to be counted"
    scene.network.compute(scene.view)
    assert between("web") == ["Between           100% of the connections between other teams"]
    assert between("brand") == []
    assert between("marketing") == []
    key = ("team:brand", "team:design", "layouts")
    assessment.update([Set("share", key, None, Share(*key))])
    assert between("web") == [], "that was before the link"
    scene.network.compute(scene.view)
    assert between("web") == []
    assessment.update([Set("share", key, Share(*key), None)])
    scene.network.compute(scene.view)
    assert len(between("web")) == 1


def web_lines(scene: Scene, ref: str) -> str:
    """What the page of a team or a person says about its place in the web of knowledge."""
    lines = shown(inspector_page(scene, Ref(ref), (), 110), scene, 110).splitlines()
    start = next((at for at, line in enumerate(lines) if "In the web" in line), len(lines))
    told = lines[start : start + 1]
    told += [line for line in lines[start + 1 : start + 2] if line.startswith(" " * 15)]
    return " / ".join(line.replace("In the web", "").strip() for line in told)


def test_the_page_of_a_team_tells_how_central_it_is_at_once() -> None:
    links = (
        Share("team:design", "team:web", "layouts"),
        Share("team:web", "team:marketing", "numbers"),
        Share("person:wang", "person:li", "messaging"),
    )
    scene = scene_of(assessed(department(*links)))
    assert web_lines(scene, "team:web") == (
        "links with 3 teams; no team has more / "
        "3 of 3 pairs of other teams reach each other only through this team"
    )
    assert web_lines(scene, "team:design") == "links with 1 team; 网站 has most: 3"
    assert web_lines(scene, "person:wang") == "1 pair of teams shares only through this person"
    assert web_lines(scene, "person:li") == "", "Brand shares with 网站 without Li too"


def test_who_shares_nothing_has_no_place_in_the_web() -> None:
    scene = scene_of(assessed(department()))
    assert web_lines(scene, "team:marketing") == ""
    assert web_lines(scene, "person:zhang") == ""


@pytest.mark.parametrize("kind", sorted({*FACTS} - ALWAYS_THERE))
def test_what_is_gone_has_a_page_without_facts(kind: str) -> None:
    assessment = assessed(department(ONLY_THIN))
    ends = {"share": "team:no>team:none>seo", "handoff": "no>none", "request": "no>none>seo"}
    page = inspector_page(scene_of(assessment), Ref.to(kind, ends.get(kind, "none")), (), WIDTH)
    assert len(page) == 0


def test_lines_lead_to_what_they_speak_of() -> None:
    assessment = assessed(department(ONLY_THIN))
    page = inspector_page(scene_of(assessment), Ref("person:wang"), assessment.reported.values(), WIDTH)
    assert [each for each in targets(page) if each] == [
        "team:web",
        "person:chen",
        "team:web",
        "function:seo",
        "share:team:brand>person:wang>messaging",
        "mission:launch",
    ]


def test_what_is_other_than_in_the_baseline_is_told() -> None:
    assessment = assessed(department(ONLY_THIN))
    scene = scene_of(assessment)
    now = assessment.organization
    sets = [changed(now, "person", "zhang", team="web", fte=80)]
    sets.append(changed(now, "share", ("team:brand", "person:wang", "messaging"), every="monthly"))
    assessment.update(sets)
    page = shown(inspector_page(scene, Ref("person:zhang"), (), WIDTH), scene)
    assert "Since the baseline  Brand → 网站\n                       FTE 1 → 0.8\n" in page
    page = shown(inspector_page(scene, Ref("share:team:brand>person:wang>messaging"), (), WIDTH), scene)
    assert "Since the baseline  every weekly → monthly" in page


def test_a_handoff_has_the_findings_about_both_its_ends() -> None:
    assessment = assessed(department())
    blind = [
        each.identity
        for each in findings_about(Ref("handoff:seo>department:sales"), assessment.reported.values())
    ]
    assert blind == [("P103", ("function:seo", "department:sales"))]


def test_a_finding_with_its_numbers_and_what_it_rests_on() -> None:
    assessment = assessed(department(ONLY_THIN, LIVED_WITH))
    scene = scene_of(assessment)
    pages = {
        subject: shown(finding_page(scene, found, assessment.engine.reads(found.finding), WIDTH), scene)
        for subject in ("team:brand", "team:design")
        for found in [finding(assessment, "P203", subject)]
    }
    assert pages == {
        "team:brand": """
P203 team-too-thin (warning)
   Brand has 2 seats; a team needs 3 to be more than a pair

   Accepted
     Why    Two more come in spring
     By     chen
     Until  2027-03-31

   About
     Brand                                                          ›

   Numbers
     Seats            2
     Seats, at least  3

   What it rests on
     Li         team Brand, state filled                            ›
     Zhang Wei  team Brand, state filled                            ›
     Brand      parent Marketing, focus –                           ›
     Design     parent Brand                                        ›

   Its principle                                                    ›
     A team is too small to be one.
""",
        "team:design": """
P203 team-too-thin (warning)
   Design has 0 seats; a team needs 3 to be more than a pair

   About
     Design                                                         ›

   Numbers
     Seats            0
     Seats, at least  3

   What it rests on
     Visuals  team Design                                           ›
     Design   parent Brand, focus –                                 ›
     No seat  –

   Its principle                                                    ›
     A team is too small to be one.
""",
    }


def test_a_finding_about_the_organisation_names_no_subjects() -> None:
    assessment = assessed(department())
    scene, found = scene_of(assessment), finding(assessment, "P401")
    page = shown(finding_page(scene, found, assessment.engine.reads(found.finding), WIDTH), scene)
    assert "About" not in page
    assert "the organisation  vision –" in page


def test_of_very_many_cells_the_first_are_shown() -> None:
    crowd = [Person(f"p{number}", "web", f"Person {number}") for number in range(100)]
    assessment = assessed(department(*crowd))
    scene, found = scene_of(assessment), finding(assessment, "P207", "team:web")
    page = shown(finding_page(scene, found, assessment.engine.reads(found.finding), WIDTH), scene)
    assert page.count("team 网站") == RECORDS_MAX
    assert f"{102 - RECORDS_MAX} more" in page


def test_a_finding_no_longer_there_rests_on_nothing() -> None:
    assessment = assessed(department(ONLY_THIN))
    found = finding(assessment, "P203", "team:web")
    web = assessment.organization.teams["web"]
    assessment.update([Set("team", "web", web, None)])
    page = finding_page(scene_of(assessment), found, assessment.engine.reads(found.finding), WIDTH)
    assert "What it rests on" not in shown(page, scene_of(assessment))


def test_what_is_listed_on_a_page_reads_as_chinese_in_chinese() -> None:
    before = current_language()
    set_language(CHINESE)
    try:
        scene = scene_of(assessed(department()))
        pages = [shown(inspector_page(scene, Ref(about), (), WIDTH), scene) for about in PAGES]
    finally:
        set_language(before)
    assert any("知识分享  分享给「王磊」：" in page for page in pages)
    assert not [line for page in pages for line in page.splitlines() if ": " in line]
