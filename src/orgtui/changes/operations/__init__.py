"""All operations; importing this package registers them. Import a module of it for a few."""

from orgtui.changes.operations.acceptances import Accept, Unaccept
from orgtui.changes.operations.focus import FoldBack, PullOut, SetFocus
from orgtui.changes.operations.functions import (
    AddFunction,
    MoveFunction,
    RemoveFunction,
    SetFunction,
    SetStages,
)
from orgtui.changes.operations.goals import AddGoal, DropGoal, RemoveGoal, SetGoal, TakeGoal
from orgtui.changes.operations.links import (
    AddHandoff,
    AddShare,
    RemoveHandoff,
    RemoveShare,
    RouteRequests,
    SetLiaison,
    SetShare,
    TrackHandoff,
)
from orgtui.changes.operations.missions import EndMission, StartMission
from orgtui.changes.operations.naming import Rename
from orgtui.changes.operations.profile import SetOrganization
from orgtui.changes.operations.seats import (
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
from orgtui.changes.operations.teams import (
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
