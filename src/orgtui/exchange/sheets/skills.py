"""Levels of skills: a row a person with a column a skill, or a row for each person and skill."""

from __future__ import annotations

from orgtui.exchange.roster.ids import slug
from orgtui.exchange.rows import Row
from orgtui.exchange.sheets.cells import level_of
from orgtui.exchange.sheets.table import PERSON, layout
from orgtui.exchange.sheets.taking import Lookups, Taking
from orgtui.model.schema import shown
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.model.store import Organization

LAYOUT = layout(
    {
        "skill": "skill, skills, competence, competency, fähigkeit, kompetenz, 技能, 能力, 技能名称",
        "level": (
            "level, skill level, rating, score, proficiency, stufe, niveau, 等级, 水平, 熟练度, 级别, 评分"
        ),
    },
    PERSON,
    has_person=True,
)
COUNTED = {"skill": N_("{count:level|levels} of skills")}


def read(taking: Taking, lookups: Lookups) -> None:
    """Plan the levels that differ from those of the organisation."""
    table = taking.table
    is_long = {"skill", "level"} <= table.columns.keys()
    reader = _Reader(taking, lookups)
    if is_long:
        for row in table.rows:
            person = taking.person(lookups.people, row)
            skill = table.cell(row, "skill")
            if not skill:
                taking.tell(row, "error", "no-skill", sentence("the row names no skill"))
            elif person is not None:
                reader.cell(row, person, skill, table.cell(row, "level"))
        return
    columns = []
    for place in table.others:
        cells = [cell for row in table.rows if (cell := table.at(row, place))]
        if any(level_of(cell) is not None for cell in cells):
            columns.append(place)
        elif cells:
            says = sentence("{column} holds no levels of a skill; not read", column=table.headers[place])
            taking.tell(None, "note", "columns-not-read", says)
    for row in table.rows:
        person = taking.person(lookups.people, row)
        for place in columns:
            cell = table.at(row, place)
            if cell and person is not None:
                reader.cell(row, person, table.headers[place], cell)


def skills_of(organization: Organization) -> set[str]:
    """The ids of all skills that an organisation speaks of."""
    found: set[str] = set()
    for person in organization.people.values():
        found |= {*person.skills, *person.learning}
    for function in organization.functions.values():
        found |= {*function.skills}
    return found


class _Reader:
    """The cells read so far: levels by person and skill, with their lines, and the skills named."""

    def __init__(self, taking: Taking, lookups: Lookups) -> None:
        self._taking = taking
        self._organization = lookups.organization
        self._known = skills_of(lookups.organization)
        self._levels: dict[tuple[str, str], tuple[int, int]] = {}
        self._named: dict[str, str] = {}

    def cell(self, row: Row, person: str, name: str, cell: str) -> None:
        """Plan the level in a cell."""
        seat = self._organization.people[person]
        about = seat.name or person
        level = level_of(cell)
        if level is None:
            says = sentence(
                "{skill}: {cell} is no level; write 0 to 5, or a word such as basic, advanced, expert",
                skill=name,
                cell=shown(cell),
            )
            self._taking.tell(row, "error", "level-unreadable", says, about)
            return
        skill = self._skill(row, name)
        if skill is None:
            return
        earlier = self._levels.setdefault((person, skill), (level, row.line))
        if earlier[0] != level:
            says = sentence(
                "{skill}: {level} here, {other} in line {line}",
                skill=name,
                level=level,
                other=earlier[0],
                line=earlier[1],
            )
            self._taking.tell(row, "error", "level-twice", says, about)
        elif earlier[1] == row.line and seat.skills.get(skill, 0) != level:
            before = seat.skills.get(skill, 0)
            says = sentence(
                "{person}: {skill} {before} → {level}",
                person=Ref.to("person", person),
                skill=Ref.to("skill", skill),
                before=before,
                level=level,
            )
            written = {"op": "set_skill", "person": person, "skill": skill, "level": level}
            self._taking.plan("skill", row, about, written, says)

    def _skill(self, row: Row, name: str) -> str | None:
        """The id of a skill, a new one if it is named nowhere; None, with an error, if there can be none."""
        skill = slug(name)
        first = self._named.get(skill)
        if first is None:
            self._named[skill] = name
            if not skill:
                says = sentence("no id can be made of the skill {skill}", skill=shown(name))
                self._taking.tell(row, "error", "skill-unnamable", says)
            elif skill not in self._known:
                says = sentence("{skill} is a new skill, {id}", skill=name, id=skill)
                self._taking.tell(None, "note", "skill-new", says)
        elif skill and name.casefold() != first.casefold():
            says = sentence("{skill} and {other} would be one skill, {id}", skill=name, other=first, id=skill)
            self._taking.tell(row, "error", "skills-alike", says)
            return None
        return skill or None
