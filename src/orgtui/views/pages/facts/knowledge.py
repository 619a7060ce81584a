"""The facts about the knowledge links of a team or a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from orgtui.model.records import PERSON_PREFIX
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.facts.sharing import live_teams, sharing
from orgtui.views.base.names import share_key
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.entries import link_entries, text_entries
from orgtui.views.pages.fields import IN_THESE_WORDS, Field, SingleChoice
from orgtui.views.pages.listing import LabelledEntries, listing
from orgtui.views.pages.page import Entry

IN_THE_WEB = sentence("In the web")
LINKS = N_("links with {links:team|teams}; {most} has most: {count}")
LINKS_MOST = N_("links with {links:team|teams}; no team has more")
ONLY_THROUGH = N_("{cut} of {pairs:pair|pairs} of other teams reach each other only through this team")
ONLY_BY_PERSON = N_("{pairs:pair of teams shares|pairs of teams share} only through this person")


def knowledge_links(scene: Scene, source: Ref, ends: Sequence[str]) -> LabelledEntries:
    """The links of some ends, with a line that adds one from `source`."""
    entries = [entry._replace(field=_removal(entry.target)) for entry in link_entries(scene, ends)]
    return listing(scene, sentence("Shares knowledge"), entries, _one_more(scene, source))


def place_in_web(scene: Scene, team: str) -> Iterator[LabelledEntries]:
    """With how many teams a team shares, who shares with most, and who is joined only through it."""
    standing = scene.network.standing(scene.view, team)
    if standing is None:
        return
    most, count = standing.most
    words = LINKS_MOST if standing.links == count else LINKS
    said = [scene.say(words, links=standing.links, most=Ref.to("team", most), count=count)]
    if standing.cut:
        said.append(scene.say(ONLY_THROUGH, cut=standing.cut, pairs=standing.pairs))
    yield IN_THE_WEB, [Entry(each) for each in said]


def joined_by_person(scene: Scene, person: str) -> Iterator[LabelledEntries]:
    """How many pairs of teams share only through a person; nothing if none does."""
    view = scene.view
    links = scene.organization.index("shares_at", PERSON_PREFIX + person)
    joined = Counter(teams for key in links if (teams := live_teams(view, key)) and teams[0] != teams[1])
    own = Counter[tuple[str, str]]()
    for (one, other), count in joined.items():
        own[min(one, other), max(one, other)] += count
    only = [pair for pair, count in own.items() if sharing(view, pair[0])[pair[1]] == count]
    if only:
        yield IN_THE_WEB, text_entries(scene.say(ONLY_BY_PERSON, pairs=len(only)))


def connections_through(scene: Scene, team: str) -> Iterator[LabelledEntries]:
    """How much of what joins other teams runs through a team; told where the matrix has counted it."""
    share = scene.network.known(scene.view).between.get(team)
    if share:
        words = N_("{share}% of the connections between other teams run through it")
        yield sentence("Between"), text_entries(scene.say(words, share=share))


def _removal(link: Ref | None) -> Field | None:
    if link is None:
        return None
    source, target, topic = share_key(link)
    removal = {"op": "remove_share", "from": source, "to": target, "topic": topic}
    return Field(str(link), sentence("Shares knowledge"), None, removal=(removal,))


def _one_more(scene: Scene, source: Ref) -> Field:
    """The field that adds a link: asks for the other end, then for the topic."""

    def follow_up(target: str) -> Field:
        def changes(topic: Any) -> list[dict[str, object]]:
            said = None if topic is None else str(topic)
            return [{"op": "add_share", "from": str(source), "to": target, "topic": said, "every": "monthly"}]

        topics = SingleChoice(scene.skills, new=IN_THESE_WORDS)
        return Field("topic", sentence("Topic: a skill, or other words"), topics, changes=changes)

    others = SingleChoice(lambda: [ref for ref in scene.every("team", "person") if ref != source], str)
    return Field("more-links", sentence("add a link"), others, follow_up=follow_up)
