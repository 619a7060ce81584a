"""What the words of states, contracts and accounts say of a seat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from orgtui.exchange.roster.texts import fold, fold_header
from orgtui.model.sentence import Sentence, sentence

_PARTS = re.compile(r"\s+[-–—:/]\s*|\s*[()（）,;:/]\s*")
_WEIGHT = {"filled": 0, "planned": 1, "vacant": 2, "asked": 3, "left": 4}

Meaning = Literal["filled", "planned", "vacant", "left", "asked"]


@dataclass(frozen=True, slots=True)
class StateWord:
    """What a word means for a seat, and what is noted of it: a code with its sentence, or nothing."""

    meaning: Meaning
    code: str = ""
    says: Sentence | None = None


def _table(meaning: Meaning, code: str, says: Sentence | None, *words: str) -> dict[str, StateWord]:
    return dict.fromkeys(map(fold_word, words), StateWord(meaning, code, says))


@lru_cache(maxsize=10_000)
def fold_word(word: str) -> str:
    """A state's word for comparing: folded, without brackets, dashes and underscores as blanks."""
    return " ".join(fold(word).strip("()[]（） ").replace("_", " ").replace("-", " ").split())


WORDS: Mapping[str, StateWord] = {
    **_table(
        *(
            "filled",
            "",
            None,
            "active",
            "employed",
            "full time",
            "fulltime",
            "regular",
            "permanent",
            "member",
        ),
        *(
            "employee",
            "filled",
            "occupied",
            "yes",
            "true",
            "正式",
            "在职",
            "正式员工",
            "全职",
            "aktiv",
            "vollzeit",
        ),
        *(
            "unbefristet",
            "festanstellung",
            "启用",
            "正常",
            "已激活",
            "在岗",
            "激活",
            "current",
            "standard",
            "staff",
        ),
    ),
    **_table(
        *("filled", "probation", sentence("on probation; a filled seat")),
        *("试用", "试用期", "probation", "probezeit", "on probation"),
    ),
    **_table(
        *("filled", "not-activated", sentence("has not logged in yet; a filled seat")),
        *("未激活", "not activated", "invited", "pending activation", "staged"),
    ),
    **_table(
        *("filled", "part-time", None),
        *("part time", "parttime", "teilzeit", "兼职", "非全日制"),
    ),
    **_table(
        *("filled", "contractor", sentence("contractor, taken over as a filled seat")),
        *("contractor", "contract", "freelancer", "freelance", "external", "extern", "agency", "temp"),
        *("temporary", "consultant", "contingent worker", "外包", "劳务", "劳务派遣", "外包人员", "顾问"),
        *("fixed term", "befristet", "leiharbeit", "freier mitarbeiter"),
    ),
    **_table(
        *("filled", "intern", sentence("intern, taken over as a filled seat")),
        *("intern", "internship", "trainee", "apprentice", "praktikant", "praktikum", "werkstudent", "azubi"),
        *("working student", "实习", "实习生", "管培生", "auszubildende", "auszubildender", "student"),
    ),
    **_table(
        *("filled", "on-leave", sentence("on leave; the seat stays filled")),
        *("on leave", "leave", "leave of absence", "loa", "maternity leave", "maternity", "parental leave"),
        *("paternity leave", "sick leave", "unpaid leave", "paid leave", "sabbatical", "medical leave"),
        *("abwesend", "elternzeit", "mutterschutz", "beurlaubt", "休假", "产假", "病假", "停薪留职", "长假"),
    ),
    **_table(
        *("filled", "on-notice", sentence("on notice; the seat stays filled")),
        *(
            "notice",
            "on notice",
            "notice period",
            "serving notice",
            "gekündigt",
            "离职中",
            "待离职",
            "交接中",
        ),
    ),
    **_table(
        *("planned", "planned", sentence("planned: a planned seat")),
        *("planned", "tbd", "onboarding", "pre hire", "prehire", "pre start", "pending start", "future hire"),
        *(
            "upcoming",
            "proposed",
            "待入职",
            "拟入职",
            "规划中",
            "计划",
            "geplant",
            "offer accepted",
            "budgeted",
        ),
    ),
    **_table(
        *("vacant", "vacant", sentence("a vacant seat")),
        *("open", "vacant", "vacancy", "tbh", "to be hired", "req", "open req", "requisition", "frozen"),
        *(
            "recruiting",
            "hiring",
            "open position",
            "unfilled",
            "空缺",
            "待招",
            "招聘中",
            "缺编",
            "空岗",
            "offen",
        ),
        *("vakant", "unbesetzt", "n.n", "nn", "approved", "new hire", "backfill", "冻结编制"),
    ),
    **_table(
        *("left", "closed-left-out", sentence("closed; left out")),
        *(
            "closed",
            "eliminated",
            "abolished",
            "cancelled",
            "canceled",
            "deleted",
            "撤销",
            "关闭",
            "entfallen",
        ),
    ),
    **_table(
        *("left", "leaver-left-out", sentence("has left; left out")),
        *("terminated", "resigned", "left", "retired", "deceased", "dismissed", "separated", "offboarded"),
        *("ex employee", "former", "former employee", "离职", "已离职", "退休", "辞退", "ausgeschieden"),
        *("ausgetreten", "inaktiv", "archived", "offboarding completed"),
    ),
    **_table(
        *("left", "leaver-left-out", sentence("the account is disabled; left out")),
        *(
            "disabled",
            "suspended",
            "deactivated",
            "deprovisioned",
            "locked",
            "禁用",
            "停用",
            "冻结",
            "已禁用",
        ),
        *("deaktiviert", "gesperrt"),
    ),
    **_table(
        *("left", "guest-left-out", sentence("a guest account, left out")),
        *("guest", "访客", "外部联系人", "gast", "service account", "shared mailbox", "room", "bot"),
    ),
    **_table("asked", "inactive", None, "inactive", "not active", "非在职"),
}
"""What the words in the columns of states and contracts mean."""

_DISABLED = WORDS[fold_word("disabled")]
_INACTIVE = StateWord("left", "leaver-left-out", sentence("not active; left out"))
_FILLED = StateWord("filled")

FLAGS: Mapping[str, tuple[StateWord, StateWord]] = {
    fold_header(header): meanings
    for headers, meanings in (
        (("active", "is active", "active status"), (_FILLED, _INACTIVE)),
        (("enabled", "account enabled", "启用状态"), (_FILLED, _DISABLED)),
        (("suspended", "is suspended", "禁用状态"), (_DISABLED, _FILLED)),
        (("vacancy", "vacant", "is vacant"), (WORDS["vacant"], _FILLED)),
        (("on leave",), (WORDS["on leave"], _FILLED)),
    )
    for header in headers
}
"""What yes and no mean in columns that say one of these."""

YES = frozenset(map(fold_word, ("true", "yes", "y", "1", "x", "✓", "✔", "是", "有", "ja", "wahr")))
NO = frozenset(map(fold_word, ("false", "no", "n", "0", "-", "否", "无", "nein", "falsch")))


def state_word(header: str, cell: str) -> StateWord | None:
    """What a cell says below this header; None if its word is not known."""
    folded = fold_word(cell)
    if fold_header(header) == "useraccountcontrol":
        return _DISABLED if folded.isdecimal() and int(folded[:9]) & 2 else _FILLED
    flag = FLAGS.get(fold_header(header))
    if flag is not None and folded in YES | NO:
        return flag[folded in NO]
    known = WORDS.get(folded)
    if known is not None or not folded:
        return known
    # `Terminated - voluntary`, `A - Active`, `Active (probation)`: the part that says most.
    parts = [WORDS[part] for part in map(fold_word, _PARTS.split(cell.strip())) if part in WORDS]
    return max(parts, key=lambda word: (_WEIGHT[word.meaning], bool(word.code)), default=None)
