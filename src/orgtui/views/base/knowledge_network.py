"""The network of teams that share knowledge, kept while no link between two teams comes or goes."""

from __future__ import annotations

from orgtui.engine.view import View
from orgtui.model.store import Organization
from orgtui.rules.facts.network import Network, Standing, network, standing
from orgtui.rules.facts.sharing import sharing


class KnowledgeNetwork:
    """The network of an organisation that changes in place."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self._teams: list[str] = []
        self._links: frozenset[tuple[str, str]] = frozenset()
        self._network = Network()
        self._joined: frozenset[tuple[str, str]] = frozenset()
        self._graph: dict[str, set[str]] = {}

    def standing(self, view: View, team: str) -> Standing | None:
        """Where a team stands among those that share; None if it does not. A few milliseconds at most."""
        links = frozenset(sharing(view))
        if links != self._joined:
            self._joined = links
            self._graph = {each: set() for each in self._in_file_order(links)}
            for one, other in links:
                self._graph[one].add(other)
                self._graph[other].add(one)
        return standing(self._graph, team) if team in self._graph else None

    def compute(self, view: View) -> Network:
        """The network as it is now; 0.3 s in the worst case, so only for a view that somebody opened."""
        links = frozenset(sharing(view))
        teams = self._in_file_order(links)
        if (teams, links) != (self._teams, self._links):
            self._teams, self._links, self._network = teams, links, network(teams, links)
        return self._network

    def known(self, view: View) -> Network:
        """The network as it is now if it was ever computed, and what that takes is imported; else empty."""
        return self.compute(view) if self._network.between else Network()

    def _in_file_order(self, links: frozenset[tuple[str, str]]) -> list[str]:
        linked = {team for link in links for team in link}
        return sorted(linked, key=self.organization.teams.rank)
