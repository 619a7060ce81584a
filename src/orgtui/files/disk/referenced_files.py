"""The people and pay files that an organisation names; they have to be in its folder."""

from __future__ import annotations

import os

from orgtui.model.sentence import Refusal, sentence


def referenced_path(file: str | os.PathLike[str], relative: str) -> str:
    """The path of a file that the organisation in `file` names."""
    return os.path.join(os.path.dirname(os.fspath(file)), relative)


def path_refusal(file: str | os.PathLike[str], relative: str) -> Refusal | None:
    """Why a path that the organisation in `file` names may not be used; None if it may."""
    if os.path.isabs(relative):
        wrong = sentence("the path is absolute")
        return wrong, sentence("write it relative to the folder of this file")
    folder = os.path.realpath(os.path.dirname(os.path.abspath(file)))
    path = os.path.normpath(os.path.join(folder, relative))
    parent = os.path.realpath(os.path.dirname(path))
    if os.path.commonpath([folder, parent]) != folder or path == folder:
        return sentence("the path leaves the folder of this file"), sentence("keep the file in that folder")
    if os.path.islink(path):
        return sentence("the file is a link"), sentence("put the file itself here")
    return None
