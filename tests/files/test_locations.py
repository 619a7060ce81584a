"""Everything that findings speak of has its line in the files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from orgtui.files.locations import MENTIONED_IN, ORGANIZATION, locate
from orgtui.files.organization_file import load_organization
from orgtui.model.sentence import Ref
from orgtui.rules.assessment import Assessment
from orgtui.rules.registry import known_rules
from tests.oracle.generate import random_document, to_toml
from tests.support import SAMPLES

TEXT = """\
format = 1

[organization]
name = "Acme"
as_of = 2026-11-21
pillars = [
  { id = "scale", name = "Scale" },
  { id = "brand", name = "Brand" },
]

[files]
people = "people.csv"

[[department]]
id = "product"
name = "Product"

[[team]]
id = "marketing"
name = "Marketing"

[[team]]
name = "Web"
parent = "marketing"
id = "web"

[[function]]
id = "seo"
name = "SEO"
skills = { seo = 3 }

[[share]]
from = "team:web"
to = "team:marketing"
topic = "a > b"

[[request]]
from = "web"
to = "product"
topic = " Feature sheets"
"""
PEOPLE = """\
id,name,title,team,state,fte,functions,skills,learning
chen,Chen,,marketing,filled,1,,,
li,Li,,web,filled,1,,,
"""


def test_each_kind_of_thing_is_found_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "acme.toml"
    file.write_text(TEXT, "utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    organization = load_organization(file, known_rules())
    lines = TEXT.splitlines()
    expected = {
        ORGANIZATION: lines.index("[organization]"),
        Ref("pillar:brand"): 7,
        Ref("team:web"): lines.index('name = "Web"') - 1,
        Ref("function:seo"): lines.index("[[function]]"),
        Ref("skill:seo"): lines.index("[[function]]"),
        Ref("share:team:web>team:marketing>a > b"): lines.index("[[share]]"),
        Ref("topic:feature sheets"): lines.index("[[request]]"),
    }
    found = dict(locate(file, organization, [*expected, Ref("person:li"), Ref("wave:1"), Ref("team:gone")]))
    assert found.pop(Ref("person:li")) == (str(tmp_path / "people.csv"), 3)
    assert found == {ref: (str(file), line + 1) for ref, line in expected.items()}


@pytest.mark.parametrize("seed", range(10))
def test_whatever_rules_speak_of_is_found(seed: int, tmp_path: Path) -> None:
    file = tmp_path / "random.toml"
    file.write_text(to_toml(random_document(random.Random(seed), "medium")), "utf-8")
    organization = load_organization(file, known_rules())
    assessment = Assessment(organization, organization.profile.as_of)
    assessment.evaluate_pending()
    subjects = {subject for reported in assessment.reported.values() for subject in reported.finding.subjects}
    found = locate(file, organization, subjects)
    lines = file.read_text("utf-8").splitlines()
    assert found.keys() == subjects
    for subject, (_, line) in found.items():
        header = f"[[{MENTIONED_IN[subject.kind][0]}]]"
        parts = subject.id.split(">") if subject.kind == "share" else [subject.id]
        text = lines[line - 1].casefold()
        assert text == header or all(part.casefold() in text for part in parts)


def test_samples_in_any_language(tmp_path: Path) -> None:
    for path in SAMPLES.glob("startup_a*.toml"):
        if not path.name.endswith(".plan.toml"):
            organization = load_organization(path, known_rules())
            found = locate(path, organization, [Ref("team:web"), Ref("person:wang-lei")])
            text = path.read_text("utf-8").splitlines()
            assert [text[place.line] for place in found.values()] == ['id = "web"', 'id = "wang-lei"']
