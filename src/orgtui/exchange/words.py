"""What is said of an import in the app and on the command line alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orgtui.exchange.problems import ImportProblem
from orgtui.exchange.reading.delimited import encoding_name
from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence

PART_WORDS = {
    "id": N_("number"),
    "name": N_("full name"),
    "first_name": N_("first name"),
    "last_name": N_("last name"),
    "preferred_name": N_("other name"),
    "email": N_("email (to find managers; not taken over)"),
    "dn": N_("distinguished name"),
    "title": N_("title"),
    "team": N_("team"),
    "parent_team": N_("team above"),
    "manager": N_("manager"),
    "second_manager": N_("second manager (not taken over)"),
    "lead": N_("leads the team"),
    "assistant": N_("assistant"),
    "state": N_("state"),
    "fte": N_("FTE"),
    "hours": N_("hours a week"),
    "start": N_("start"),
    "end": N_("end"),
}
"""The parts of columns in words."""

FORMAT_WORDS = {
    "nested": N_("JSON of a chart, people below their managers"),
    "nodes": N_("JSON of a chart, people with the id of their manager"),
    "scim": N_("SCIM list of users"),
}
"""The formats that are not told by their delimiter or sheet, in words."""

DELIMITER_WORDS = {
    ",": N_("separated by commas"),
    ";": N_("separated by semicolons"),
    "\t": N_("separated by tabs"),
    "|": N_("separated by vertical bars"),
}
"""What stands between cells, in words."""

MADE_UP_KEY = "row-"
"""How the key begins of somebody without an id and an e-mail, which nobody knows them by."""


def how_read(read: Mapping[str, str]) -> Iterator[str]:
    """The format, encoding, delimiter and sheet in words, as far as they are known."""
    if "format" in read:
        yield translate(Sentence(FORMAT_WORDS[read["format"]]))
    if "encoding" in read:
        name = encoding_name(read["encoding"])
        yield name if isinstance(name, str) else translate(name)
    if "delimiter" in read:
        yield translate(Sentence(DELIMITER_WORDS[read["delimiter"]]))
    if "sheet" in read:
        yield translate(sentence("sheet {sheet}", sheet=read["sheet"]))


def said_of(problem: ImportProblem) -> str:
    """A problem in words, with the name of whom it is about unless that stands in it."""
    said, name, key = translate(problem.says), problem.name, problem.about
    if key is None or (name is not None and name in said):
        return said
    who = key if name is None or name == key else f"{name} ({key})"
    about = name if name is not None and key.startswith(MADE_UP_KEY) else who
    return translate(sentence("{about}: {says}", about=about, says=said))
