"""The organisations that ship with the package: samples to try, templates to fill in."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orgtui.files.disk.writing import create_file
from orgtui.locales.language import CHINESE, ENGLISH
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.system_errors import reason_of

FOLDER = Path(__file__).parents[1]

_AS_OF = re.compile(r"^as_of = .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sample:
    """A worked example: its file name, language, name of the organisation and description."""

    file: str
    language: str
    name: str
    shows: Sentence

    @property
    def path(self) -> Path:
        return FOLDER / "samples" / self.file

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class Template:
    """A sound organisation of some size, with seats named after their work."""

    stem: str
    size: Sentence
    shows: Sentence

    def path(self, language: str) -> Path:
        """The file of the template in a language."""
        suffix = ".zh" if language == CHINESE else ""
        return FOLDER / "templates" / f"{self.stem}{suffix}.toml"

    def content(self, language: str, today: date) -> bytes:
        """The content of the file with `as_of` set to a day."""
        return _AS_OF.sub(f"as_of = {today}", self.path(language).read_text("utf-8")).encode()


THIN_GROUPS = sentence("{seats} seats in eight thin groups: much to mend", seats=30)
SOUND = sentence("{seats} seats in four divisions: a sound structure", seats=40)
GROWN = sentence("{seats} seats in four layers, as growth left them", seats=149)

SAMPLES = (
    Sample("startup_a.toml", ENGLISH, "Startup A Marketing", THIN_GROUPS),
    Sample("healthy.toml", ENGLISH, "Hengce Sensors Marketing", SOUND),
    Sample("scaleup.toml", ENGLISH, "Scale-up Marketing", GROWN),
    Sample("startup_a.zh.toml", CHINESE, "Startup A 市场部", THIN_GROUPS),
    Sample("healthy.zh.toml", CHINESE, "恒测传感市场部", SOUND),
    Sample("scaleup.zh.toml", CHINESE, "扩张期企业市场中心", GROWN),
)

TEMPLATES = (
    Template("up_to_5", sentence("1–5 people"), sentence("one team does content and growth")),
    Template("up_to_10", sentence("5–10 people"), sentence("two teams: brand and content, growth")),
    Template(
        "up_to_30",
        sentence("10–30 people"),
        sentence("four teams, from brand to business development"),
    ),
    Template(
        "over_30", sentence("More than 30 people"), sentence("four divisions along the funnel, eight teams")
    ),
)


def samples_for(language: str) -> list[Sample]:
    """All samples, those in a language first."""
    return sorted(SAMPLES, key=lambda sample: sample.language != language)


def unused_name(folder: Path, name: str) -> str:
    """`name`, or the first of `name-2`, `name-3` and so on that does not exist in the folder."""
    stem, suffix = name.removesuffix(".toml"), ".toml"
    number, free = 1, name
    while os.path.lexists(folder / free):
        number += 1
        free = f"{stem}-{number}{suffix}"
    return free


def write_new_file(path: Path, content: bytes) -> Sentence | None:
    """Create a file; returns a sentence with the reason if it cannot be created."""
    try:
        create_file(path, content)
    except FileExistsError:
        return sentence("{file} is there already; choose another name", file=path)
    except (OSError, ValueError) as error:
        return sentence("{file} cannot be written: {reason}", file=path, reason=reason_of(error))
    return None
