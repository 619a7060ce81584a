"""`orgtui rule`: print the catalogue of rules, or the page of one."""

from __future__ import annotations

from orgtui.cli.common import UserError, run_command
from orgtui.cli.parser import Parser
from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.rules.pages import rule_page
from orgtui.rules.registry import catalogue, codes_matching, known_rules, nearest
from orgtui.views.base.cells import pad


def run(arguments: list[str]) -> int:
    """Run the command; returns 0, or 2 for an unknown rule."""
    options = make_parser().parse_args(arguments)
    return run_command(lambda: _catalogue() if options.code is None else _page(options.code))


def make_parser() -> Parser:
    """The parser of the arguments."""
    parser = Parser("orgtui rule", description=N_("The principles, their reasons and their numbers."))
    parser.add_argument(
        "code", metavar="CODE", nargs="?", help=N_("a code or name, such as P203 or team-too-thin")
    )
    return parser


def _catalogue() -> int:
    for code, each in catalogue().items():
        severity = pad(translate(Sentence(each.severity)), 7)
        summary = translate(Sentence(each.page.partition("\n")[0]))
        print(f"{code}  {severity}  {pad(translate(each.title), 28)}  {summary}")
    return 0


def _page(word: str) -> int:
    codes = [code for code in codes_matching(word) if word in (code, catalogue()[code].name)]
    if not codes:
        wrong = N_('no rule is called "{word}"; the nearest is {near}, and `orgtui rule` lists them all')
        raise UserError(sentence(wrong, word=word, near=nearest(word, known_rules().codes_and_names)))
    each = catalogue()[codes[0]]
    print(rule_page(each))
    return 0
