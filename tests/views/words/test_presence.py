"""Who else is here, in words."""

from __future__ import annotations

from orgtui.model.records import Team
from orgtui.model.sentence import Ref
from orgtui.session.store import Peer
from orgtui.views.words.presence import WATCHING, describe_peers, peer_cursors
from tests.views.screen import organization, scene

SCENE = scene(organization(Team("root", "Marketing")))
LI = Peer("li", watching=False, cursor=Ref("team:root"))
WANG = Peer("wang", watching=True, cursor=Ref("team:root"))
ZHANGWEI = Peer("zhangwei", watching=False, cursor=None)


def test_others_are_named_where_there_is_room_and_counted_otherwise() -> None:
    assert describe_peers(SCENE, []) == ()
    assert describe_peers(SCENE, [LI, WANG]) == ("+li +wang (watching)", "+2")


def test_a_session_that_watches_says_so_for_itself() -> None:
    assert describe_peers(SCENE, [], WATCHING) == ("watching",)
    assert describe_peers(SCENE, [LI], WATCHING) == ("watching +li", "watching +1")


def test_cursors_are_gathered_by_what_they_are_on() -> None:
    assert peer_cursors([LI, WANG, ZHANGWEI]) == {"team:root": "li wang"}
    assert peer_cursors([ZHANGWEI._replace(cursor=Ref("team:root"))]) == {"team:root": "zhangw"}
