"""All operations; importing this makes them known. Whoever needs a few imports their families."""

from orgtui.changes.acceptances import Accept, Unaccept
from orgtui.changes.focus import FoldBack, PullOut, SetFocus
from orgtui.changes.functions import AddFunction, MoveFunction, RemoveFunction, SetFunction, SetStages
from orgtui.changes.goals import AddGoal, DropGoal, RemoveGoal, SetGoal, TakeGoal
from orgtui.changes.links import (
    AddHandoff,
    AddShare,
    RemoveHandoff,
    RemoveShare,
    RouteRequests,
    SetLiaison,
    SetShare,
    TrackHandoff,
)
from orgtui.changes.missions import EndMission, StartMission
from orgtui.changes.naming import Rename
from orgtui.changes.profile import SetOrganization
from orgtui.changes.seats import (
    AddSeat,
    Assign,
    CloseSeat,
    EmptySeat,
    FillSeat,
    MovePerson,
    SetLearning,
    SetSkill,
    Unassign,
)
from orgtui.changes.teams import (
    CreateTeam,
    DissolveTeam,
    MergeTeams,
    MoveTeam,
    SetBudget,
    SetLead,
    SetReview,
    SetTools,
    SplitTeam,
)

__all__ = [
    "Accept",
    "AddFunction",
    "AddGoal",
    "AddHandoff",
    "AddSeat",
    "AddShare",
    "Assign",
    "CloseSeat",
    "CreateTeam",
    "DissolveTeam",
    "DropGoal",
    "EmptySeat",
    "EndMission",
    "FillSeat",
    "FoldBack",
    "MergeTeams",
    "MoveFunction",
    "MovePerson",
    "MoveTeam",
    "PullOut",
    "RemoveFunction",
    "RemoveGoal",
    "RemoveHandoff",
    "RemoveShare",
    "Rename",
    "RouteRequests",
    "SetBudget",
    "SetFocus",
    "SetFunction",
    "SetGoal",
    "SetLead",
    "SetLearning",
    "SetLiaison",
    "SetOrganization",
    "SetReview",
    "SetShare",
    "SetSkill",
    "SetStages",
    "SetTools",
    "SplitTeam",
    "StartMission",
    "TakeGoal",
    "TrackHandoff",
    "Unaccept",
    "Unassign",
]
