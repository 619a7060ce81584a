"""What ships to start from: samples are what they are said to be, templates hold."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from orgtui.files.bundled import (
    SAMPLES,
    TEMPLATES,
    Sample,
    Template,
    samples_for,
    unused_name,
    write_new_file,
)
from orgtui.files.organization_file import load_organization
from orgtui.locales import translate
from orgtui.locales.language import CHINESE, LANGUAGES
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment
from orgtui.rules.registry import known_rules

SIZES = {"up_to_5": (1, 5), "up_to_10": (5, 10), "up_to_30": (10, 30), "over_30": (31, 60)}
TODAY = date(2031, 2, 3)
IN_EVERY_LANGUAGE = [(template, language) for template in TEMPLATES for language in LANGUAGES]


def seats(organization: Organization) -> int:
    return sum(person.state != "closed" for person in organization.people.values())


def made(template: Template, language: str, folder: Path) -> Organization:
    file = folder / "new.toml"
    assert write_new_file(file, template.content(language, TODAY)) is None
    return load_organization(file, known_rules())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.file)
def test_a_sample_is_what_it_is_said_to_be(sample: Sample) -> None:
    organization = load_organization(sample.path, known_rules())
    assert organization.profile.name == sample.name
    assert translate(sample.shows).startswith(f"{seats(organization)} seats")
    assert sample.file.endswith(".zh.toml") == (sample.language == CHINESE)


def test_every_sample_is_offered() -> None:
    shipped = {path.name for path in SAMPLES[0].path.parent.glob("*.toml") if ".plan." not in path.name}
    assert {sample.file for sample in SAMPLES} == shipped


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_spoken_comes_first(language: str) -> None:
    languages = [sample.language for sample in samples_for(language)]
    assert languages == sorted(languages, key=lambda each: each != language)
    assert len(languages) == len(SAMPLES)


@pytest.mark.parametrize(("template", "language"), IN_EVERY_LANGUAGE)
def test_a_template_holds(template: Template, language: str, tmp_path: Path) -> None:
    organization = made(template, language, tmp_path)
    assessment = Assessment(organization, organization.profile.as_of)
    assessment.evaluate_pending()
    assert {reported.severity for reported in assessment.reported.values()} <= {"advice"}
    assert organization.profile.as_of == TODAY
    fewest, most = SIZES[template.stem]
    assert fewest <= seats(organization) <= most


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.stem)
def test_templates_differ_in_words_only(template: Template, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    one, other = (
        made(template, language, tmp_path / folder)
        for language, folder in zip(LANGUAGES, (".", "other"), strict=True)
    )
    for name, table in one.tables.items():
        assert list(table) == list(other.tables[name]), name
    assert not re.search("[\u4e00-\u9fff]", template.path(LANGUAGES[0]).read_text("utf-8"))


def test_areas_from_ten_people_on_only(tmp_path: Path) -> None:
    with_areas = set()
    for template in TEMPLATES:
        folder = tmp_path / template.stem
        folder.mkdir()
        if len(made(template, LANGUAGES[0], folder).areas):
            with_areas.add(template.stem)
    assert with_areas == {"up_to_30", "over_30"}


def test_a_free_name(tmp_path: Path) -> None:
    assert unused_name(tmp_path, "a.zh.toml") == "a.zh.toml"
    (tmp_path / "a.zh.toml").touch()
    (tmp_path / "a.zh-2.toml").symlink_to("nowhere")
    assert unused_name(tmp_path, "a.zh.toml") == "a.zh-3.toml"


@pytest.mark.parametrize("name", ["there.toml", "no folder/new.toml", "x" * 300, "nul\0"])
def test_why_a_file_cannot_be_started(tmp_path: Path, name: str) -> None:
    (tmp_path / "there.toml").write_bytes(b"kept")
    refusal = write_new_file(tmp_path / name, b"new")
    assert refusal is not None
    assert name in translate(refusal)
    assert (tmp_path / "there.toml").read_bytes() == b"kept"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("name", ["startup_a", "scaleup", "healthy"])
def test_every_skill_of_a_chinese_sample_has_a_name(name: str) -> None:
    sample = Path(__file__).parents[2] / "sample_orgs" / f"{name}.zh.toml"
    organization = load_organization(sample, known_rules())
    used = {skill for each in organization.functions.values() for skill in each.skills}
    used |= {each.kind for each in organization.functions.values() if each.kind is not None}
    used |= {skill for each in organization.people.values() for skill in (*each.skills, *each.learning)}
    assert used <= {*organization.skills}
