"""Checks that the user's own files share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

from orgtui.files.disk.reading import read_text
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.config.invalid import InvalidConfig


@contextmanager
def checked(path: Path) -> Iterator[Document]:
    """A file to be checked. Raises InvalidConfig with all problems, of its text and those added meanwhile."""
    try:
        document = Document(str(path), read_text(path, follow_symlinks=False))
        yield document
        if not document.is_valid:
            raise document.invalid_file()
    except InvalidFile as invalid:
        worded = [sentence("{problem}", problem=str(each)) for each in invalid.problems]
        raise InvalidConfig(worded) from invalid


def check_keys(document: Document, known: Sequence[str], wrong: Sentence) -> None:
    """Add a problem for each key of a file that is not known, with the nearest one that is."""
    for key in document.data:
        if key not in known:
            nearest = get_close_matches(key, known, n=1)
            right = sentence("nothing in this file needs that: take it out")
            if nearest:
                right = sentence("did you mean {nearest}?", nearest=nearest[0])
            document.add_problem((key,), wrong, right)
