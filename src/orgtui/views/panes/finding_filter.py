"""Which findings are shown: by severity, principle, team, age and acceptance, and by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from orgtui.engine.finding import Identity
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.difference import ReportedFinding
from orgtui.rules.policy import SEVERITIES
from orgtui.rules.registry import catalogue
from orgtui.views.panes.badges import teams_of

NEW = Ref("since:baseline")
ACCEPTED = Ref("accepted:yes")
STANDING = Ref("accepted:no")
SEVERITY, RULE, TEAM = "severity", "rule", "team"

SAYS: Mapping[Ref, Sentence] = {
    Ref.to(SEVERITY, "error"): sentence("errors"),
    Ref.to(SEVERITY, "warning"): sentence("warnings"),
    Ref.to(SEVERITY, "advice"): sentence("advice"),
    NEW: sentence("new since the baseline"),
    STANDING: sentence("not accepted"),
    ACCEPTED: sentence("accepted"),
}
TEAM_SAYS = N_("{team} and below")
RULE_SAYS = N_("{code}")
WORDS_SAY = N_("“{words}”")


class Amount(NamedTuple):
    """How many findings fulfil a criterion: those that count, as in the header, and accepted ones."""

    counting: int
    accepted: int


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What findings have to be: of each kind of criterion one, and with all words.

    Criteria are written as references: `severity:error`, `rule:P203`, `team:brand` with all below, and `NEW`,
    `ACCEPTED`, `STANDING`.
    """

    criteria: tuple[Ref, ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.criteria or self.words)

    def turned(self, criterion: Ref) -> FindingFilter:
        """With a criterion, or without it if it is among them."""
        others = tuple(each for each in self.criteria if each != criterion)
        return FindingFilter(others if criterion in self.criteria else (*others, criterion), self.words)

    def says(self) -> Iterator[Sentence]:
        """What findings have to be, one by one."""
        yield from map(criterion_says, self.criteria)
        if self.words:
            yield sentence(WORDS_SAY, words=self.words)


def criterion_says(criterion: Ref) -> Sentence:
    """A criterion in words."""
    known = SAYS.get(criterion)
    if known is not None:
        return known
    return (
        sentence(TEAM_SAYS, team=criterion)
        if criterion.kind == TEAM
        else sentence(RULE_SAYS, code=criterion.id)
    )


@dataclass(frozen=True, slots=True)
class Criteria:
    """Decides whether findings fulfil criteria, in one state; `new` says which are new since the baseline."""

    organization: Organization
    new: Callable[[], Collection[Identity]]

    def fits(self, criteria: Iterable[Ref]) -> Callable[[ReportedFinding], bool]:
        """A function that says whether a finding fulfils one criterion of each kind among these."""
        kinds: dict[str, list[Callable[[ReportedFinding], bool]]] = {}
        for each in criteria:
            kinds.setdefault(each.kind, []).append(self.fulfils(each))
        return lambda reported: all(any(met(reported) for met in either) for either in kinds.values())

    def fulfils(self, criterion: Ref) -> Callable[[ReportedFinding], bool]:
        """A function that says whether a finding fulfils a criterion."""
        if criterion == NEW:
            new = frozenset(self.new())
            return lambda reported: reported.identity in new
        if criterion in (ACCEPTED, STANDING):
            return lambda reported: reported.counts == (criterion == STANDING)
        wanted = criterion.id
        if criterion.kind == SEVERITY:
            return lambda reported: reported.severity == wanted
        if criterion.kind == TEAM:
            within = self._within(wanted)
            return lambda reported: not within.isdisjoint(teams_of(self.organization, reported.identity))
        return lambda reported: reported.finding.code == wanted

    def _within(self, team: str) -> set[str]:
        """A team and all below it."""
        within, left = {team}, [team]
        while left:
            below = set(self.organization.index("children", left.pop())) - within
            within |= below
            left += below
        return within

    def _above(self, teams: Iterable[str]) -> set[str]:
        """Some teams and all above them."""
        above: set[str] = set()
        for each in teams:
            team: str | None = each
            while team is not None and team not in above:
                above.add(team)
                record = self.organization.teams.get(team)
                team = None if record is None else record.parent
        return above

    def count(
        self, findings: Collection[ReportedFinding], here: ReportedFinding | None, team: str | None
    ) -> dict[Ref, Amount]:
        """The criteria to offer, each with how many findings fulfil it; those without any are left out.

        `here` is the finding and `team` the team that the cursors are on: what they suggest comes before
        other principles and teams.
        """
        new = self.new()
        counting: Counter[Ref] = Counter()
        accepted: Counter[Ref] = Counter()
        for each in findings:
            counts = counting if each.counts else accepted
            counts[Ref.to(SEVERITY, each.severity)] += 1
            counts[STANDING if each.counts else ACCEPTED] += 1
            counts[NEW] += each.identity in new
            counts[Ref.to(RULE, each.finding.code)] += 1
            counts.update(
                Ref.to(TEAM, team) for team in self._above(teams_of(self.organization, each.identity))
            )
        own = [] if here is None else [Ref.to(RULE, here.finding.code)]
        near = [] if here is None else teams_of(self.organization, here.identity)
        own += [Ref.to(TEAM, each) for each in (team, *near) if each is not None]
        severities = [Ref.to(SEVERITY, each) for each in SEVERITIES]
        rules = sorted(each for each in counting | accepted if each.kind == RULE)
        teams = [Ref.to(TEAM, str(each)) for each in self.organization.teams]
        offered = dict.fromkeys((*severities, *own, NEW, STANDING, ACCEPTED, *rules, *teams))
        amounts = {each: Amount(counting[each], accepted[each]) for each in offered}
        return {each: amount for each, amount in amounts.items() if any(amount)}


def rule_title(code: str) -> Sentence:
    """What a principle says, in a line."""
    return Sentence(catalogue()[code].page.partition("\n")[0])
