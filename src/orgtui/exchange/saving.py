"""The files of an import: what is read, and what is written."""

from __future__ import annotations

from pathlib import Path

from orgtui.exchange.importing import Proposal, Source
from orgtui.exchange.record import dump_record, record_path
from orgtui.files.disk.reading import FILE_MAX_BYTES, NotRegularFile, read_regular_file
from orgtui.files.disk.writing import replace_file
from orgtui.files.organization_file import files_to_save
from orgtui.files.replacing import keep_replaced
from orgtui.model.sentence import Sentence, SentenceError, sentence
from orgtui.model.system_errors import reason_of


class CannotOpenSource(SentenceError):
    """A file to import cannot be opened; `sentence` says which and why."""


def read_source(file: Path) -> Source:
    """A file to import. Blocks. Raises CannotOpenSource."""
    try:
        data = read_regular_file(file, follow_symlinks=True)
    except NotRegularFile:
        raise CannotOpenSource(sentence("{file}: this is not a regular file", file=file)) from None
    except OSError as error:
        reason = reason_of(error)
        wrong = sentence("{file} cannot be read: {reason}", file=file, reason=reason)
        raise CannotOpenSource(wrong) from error
    if len(data) > FILE_MAX_BYTES:
        limit = FILE_MAX_BYTES >> 20
        raise CannotOpenSource(sentence("{file} is larger than {limit} MiB", file=file, limit=limit))
    return Source(file.name, data)


def save_import(proposal: Proposal, output: Path) -> list[Sentence]:
    """Write the organisation and its record; what they replace is kept. Blocks. Raises OSError.

    Returns sentences that tell where it is kept.
    """
    assert proposal.organization is not None
    assert proposal.record is not None
    files = files_to_save(proposal.organization, output) | {record_path(output): dump_record(proposal.record)}
    kept = keep_replaced(files)
    for file, data in files.items():
        replace_file(file, data)
    return kept
