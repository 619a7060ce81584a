"""Exporting: asking what is wanted, bringing the plan file up to date, and having a process write it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path

from orgtui.exchange.writing.formats import FORMATS, Format
from orgtui.exchange.writing.naming import stem_of
from orgtui.locales import current_language, translate
from orgtui.locales.language import CHINESE, ENGLISH, LANGUAGES
from orgtui.model.gate import escape_control_chars
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.rules.facts.teams import division, is_root
from orgtui.session.plan.folding import CannotFold, fold
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.exporting.process import Failed, written_by
from orgtui.tui.commands.command import key_ref
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.exporting import ExportProgress, ExportPrompt, Progress, Setting, Wanted
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.views.lists.start_list import from_home

TITLE = sentence("Export: what, and for whom")
LANGUAGE, PART, PAY = "language", "part", "pay"
WHOLE, WITHOUT, WITH = "", "", "with-pay"
TRACEBACK = "Traceback "
LANGUAGE_NAMES = {ENGLISH: "English", CHINESE: "中文"}


def choose(screen: SessionScreen) -> None:
    """Ask what to export, and write it; says at once why nothing can be exported."""
    workspace = workspace_of(screen)
    reason = _why_not(workspace)
    if reason is not None:
        screen.show_message(reason, "warning")
        return
    settings = _settings(screen, workspace)
    destination = partial(_destination, workspace)
    prompt = ExportPrompt(screen.theme, screen.translate, TITLE, FORMATS, settings, destination)
    screen.app.push_screen(prompt, partial(_begin, screen))


def _why_not(workspace: SessionWorkspace) -> Sentence | None:
    """Why an export would not show what is on screen, and what to do."""
    session, opened = workspace.session, workspace.opened
    if workspace.changed_on_disk or opened.on_disk.has_changed():
        changed = N_("{file} changed on disk: {rebase} takes the changes over to it, then {export} exports")
        return sentence(
            changed, file=opened.organization_path.name, rebase=key_ref("rebase"), export=key_ref("export")
        )
    if session.read_only is not None and session.unfolded:
        lacks = N_("You can only look here, and {plan} lacks the latest changes: whoever may write exports")
        return sentence(lacks, plan=opened.plan_path.name)
    return None


# -- what can be chosen ------------------------------------------------------------------------------


def _settings(screen: SessionScreen, workspace: SessionWorkspace) -> Sequence[Setting]:
    language = current_language()
    languages = sorted(LANGUAGES, key=lambda each: each != language)
    named = [(each, LANGUAGE_NAMES[each]) for each in languages]
    settings = [Setting(LANGUAGE, sentence("Language"), named)]
    parts = _parts(workspace, screen.mode.ref)
    if parts:
        whole = (WHOLE, screen.translate(sentence("the whole organisation")))
        only = [(each, workspace.scene.name("team", each)) for each in parts]
        settings.append(Setting(PART, sentence("Part"), [whole, *only]))
    if workspace.scene.shows_pay:
        without, with_pay = sentence("left out"), sentence("in it: keep the files to yourself")
        values = [(WITHOUT, screen.translate(without)), (WITH, screen.translate(with_pay))]
        settings.append(Setting(PAY, sentence("Pay"), values))
    return settings


def _parts(workspace: SessionWorkspace, ref: Ref | None) -> Sequence[str]:
    """The team under the cursor and its division, if they are below the root."""
    team, view = workspace.team_of(ref), workspace.scene.view
    if team is None or is_root(view, team):
        return ()
    return tuple(dict.fromkeys(each for each in (team, division(view, team)) if each is not None))


# -- where it is written -----------------------------------------------------------------------------


def _stem(workspace: SessionWorkspace, settings: dict[str, str]) -> str:
    """What the files are called after: the plan, the part, a language of its own, whether pay is in it."""
    opened = workspace.opened
    language = settings[LANGUAGE] if settings[LANGUAGE] != current_language() else ""
    return ".".join(
        filter(
            None,
            (
                stem_of(opened.organization_path, opened.plan_path),
                settings.get(PART, WHOLE),
                language,
                settings.get(PAY, WITHOUT),
            ),
        )
    )


def _folder(workspace: SessionWorkspace) -> Path:
    return workspace.opened.plan_path.absolute().parent


def _destination(workspace: SessionWorkspace, wanted: Wanted) -> Sentence:
    """What going on would write."""
    folder, stem = from_home(_folder(workspace)), _stem(workspace, wanted.settings)
    match wanted.formats:
        case (Format(ending=ending),) if ending:
            name = f"{stem}{ending}"
            return sentence("{take} writes {file} in {folder}", file=name, folder=folder, **PROMPT_KEYS)
        case (_,):
            pictures = N_("{take} writes the pictures {stem}.… in {folder}")
            return sentence(pictures, stem=stem, folder=folder, **PROMPT_KEYS)
    several = N_("{take} writes {count:format|formats} as {stem}.… in {folder}")
    return sentence(several, count=len(wanted.formats), stem=stem, folder=folder, **PROMPT_KEYS)


# -- writing -----------------------------------------------------------------------------------------


def _begin(screen: SessionScreen, wanted: Wanted | None) -> None:
    """Bring the plan file up to date, and start to write what is wanted."""
    if wanted is None:
        return
    workspace = workspace_of(screen)
    try:
        fold(workspace.opened)
    except CannotFold as unwritten:
        kept = N_("{reason}; nothing is exported. Leave with {leave} and open it again: no change is lost")
        screen.show_message(sentence(kept, reason=unwritten.sentence, leave=key_ref("leave")), "error")
        return
    begin = partial(_start, workspace, wanted)
    formats = [each.name for each in wanted.formats]
    prompt = ExportProgress(screen.theme, screen.translate, Progress(formats), begin)
    screen.app.push_screen(prompt, partial(_closed, screen, prompt.progress))


def _closed(screen: SessionScreen, progress: Progress, at_its_end: bool | None) -> None:
    """Say what is written of an export that was stopped."""
    if not at_its_end:
        stopped = N_("The export is stopped: {count:file is|files are} written")
        screen.show_message(sentence(stopped, count=len(progress.files)), "warning")


def _start(workspace: SessionWorkspace, wanted: Wanted, shown: ExportProgress) -> None:
    """Start to write; that ends with the prompt."""
    shown.run_worker(_write(workspace, wanted, shown), description=N_("write an export"))


async def _write(workspace: SessionWorkspace, wanted: Wanted, shown: ExportProgress) -> None:
    """Write what is wanted, and show each file as it is written."""
    progress, folder = shown.progress, str(_folder(workspace))
    stem = f"{folder}/{_stem(workspace, wanted.settings)}"
    try:
        async with aclosing(written_by(_arguments(workspace, wanted), progress.told)) as lines:
            async for line in lines:
                progress.files.append(_path_in(line, folder))
                progress.formats = _left(wanted.formats, stem, progress.files)
                shown.show_progress()
    except Failed as failure:
        progress.failed += _told_of(failure, shown)
    except OSError as error:
        progress.failed.append(translate(reason_of(error)))
    progress.is_running = False
    shown.show_progress()


def _told_of(failure: Failed, shown: ExportProgress) -> Sequence[str]:
    """What to say of a failure: what the command said, but for the traceback of a defect."""
    if failure.lines and not any(each.startswith(TRACEBACK) for each in failure.lines):
        return failure.lines
    if not failure.lines:
        return [shown.translate(sentence("it ended with status {status}", status=failure.status))]
    kind, _, _ = failure.lines[-1].partition(":")
    return [shown.translate(sentence("orgtui has a defect of its own there ({kind})", kind=kind))]


def _arguments(workspace: SessionWorkspace, wanted: Wanted) -> Sequence[str]:
    """The arguments of `orgtui export`; paths are absolute, so that none looks like an option."""
    opened, settings = workspace.opened, wanted.settings
    arguments = [
        str(opened.organization_path.absolute()),
        f"--to={','.join(each.name for each in wanted.formats)}",
        f"--output={_folder(workspace)}",
        f"--stem={_stem(workspace, settings)}",
        f"--lang={settings[LANGUAGE]}",
    ]
    if opened.plan_path.exists():
        arguments.append(f"--plan={opened.plan_path.absolute()}")
    if settings.get(PART, WHOLE):
        arguments.append(f"--only={settings[PART]}")
    if settings.get(PAY, WITHOUT):
        arguments.append("--with-pay")
    return arguments


def _path_in(line: str, folder: str) -> str:
    """The path in a line of the command, which has a word before it in the language of the export."""
    _, found, rest = line.partition(escape_control_chars(folder))
    return f"{found}{rest}" if found else line


def _left(formats: Sequence[Format], stem: str, files: Sequence[str]) -> Sequence[str]:
    """The names of the formats after the last of which a file is there; they are written in this order."""
    written = [index for index, each in enumerate(formats) if f"{stem}{each.ending}" in files]
    return [each.name for each in formats[max(written, default=-1) + 1 :]]
