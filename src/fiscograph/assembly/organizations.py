"""Departments and units of one filing: coded mentions first, uncoded ones matched to them."""

from __future__ import annotations

from collections.abc import Mapping

from fiscograph.assembly.identity import CodedName
from fiscograph.budget import (
    Filing,
    Organization,
    OrganizationKey,
    OrganizationRole,
    Region,
    name_key,
)
from fiscograph.tables import squeeze

_DEPARTMENT_DIGITS = 3


class OrganizationBook:
    """Collects names under keys; an uncoded name is matched before a key is made of it."""

    def __init__(self, filing: Filing, regions: Mapping[str, Region]) -> None:
        self.filing = filing
        self.names: dict[OrganizationKey, set[str]] = {}
        self.codes: dict[OrganizationKey, str] = {}
        self.uncoded: dict[str, OrganizationKey] = {}
        self.own = self._own()
        self._region_names = [
            regions[code].name
            for code in (filing.region[:2] + "0000", filing.region[:4] + "00", filing.region)
            if code in regions
        ]

    def _own(self) -> OrganizationKey:
        filing = self.filing
        body = filing.body_code or filing.id.body
        key = OrganizationKey(region=filing.region, body=body)
        self.names[key] = {filing.department}
        if filing.body_code:
            self.codes[key] = filing.body_code
        return key

    def coded(self, mention: CodedName) -> OrganizationKey:
        """The organization of a coded mention."""
        key = OrganizationKey(region=self.filing.region, body=mention.code)
        self.names.setdefault(key, set()).add(mention.name)
        self.codes[key] = mention.code
        return key

    def uncoded_key(self, name: str) -> OrganizationKey:
        """The organization of an uncoded name: a coded one of the same name, else one of its own."""
        printed = squeeze(name)
        if printed in self.uncoded:
            return self.uncoded[printed]
        key = self._match(printed)
        if key is None:
            key = OrganizationKey(region=self.filing.region, body=name_key(name))
        self.names.setdefault(key, set()).add(name)
        self.uncoded[printed] = key
        return key

    def learn(self, name: str, key: OrganizationKey) -> None:
        """Take an uncoded name for a coded organization, because they share a project."""
        printed = squeeze(name)
        self.uncoded[printed] = key
        self.names.setdefault(key, set()).add(name)

    def is_known(self, name: str) -> bool:
        """Whether an uncoded name has a coded organization."""
        return squeeze(name) in self.uncoded or self._match(squeeze(name)) is not None

    def _match(self, printed: str) -> OrganizationKey | None:
        bare = self._bare(printed)
        for key in sorted(self.names):
            if any(self._bare(squeeze(known)) == bare for known in self.names[key]):
                return key
        return None

    def _bare(self, printed: str) -> str:
        """A name without the regions that it begins with."""
        rest = printed
        for region in self._region_names:
            rest = rest.removeprefix(region)
        return rest

    def organizations(self) -> tuple[Organization, ...]:
        """All organizations, sorted by key; units belong to the department whose code theirs
        begins with.
        """
        found = []
        for key in sorted(self.names):
            code = self.codes.get(key)
            found.append(
                Organization(
                    key=key,
                    code=code,
                    names=tuple(sorted(self.names[key])),
                    role=self._role(key),
                    parent=self._parent(key),
                )
            )
        return tuple(found)

    def own_department(self) -> OrganizationKey | None:
        """The department that the discloser is or belongs to, where that is known."""
        if self._role(self.own) is OrganizationRole.DEPARTMENT:
            return self.own
        return self._parent(self.own)

    def _role(self, key: OrganizationKey) -> OrganizationRole:
        code = self.codes.get(key)
        if code is not None:
            unit = len(code) > _DEPARTMENT_DIGITS
        else:
            unit = key != self.own or self.filing.kind.value.startswith("unit")
        return OrganizationRole.UNIT if unit else OrganizationRole.DEPARTMENT

    def _parent(self, key: OrganizationKey) -> OrganizationKey | None:
        code = self.codes.get(key)
        if self._role(key) is OrganizationRole.DEPARTMENT:
            return None
        for other, other_code in sorted(self.codes.items()):
            if code and other != key and code.startswith(other_code):
                return other
        own_role = self._role(self.own)
        return self.own if own_role is OrganizationRole.DEPARTMENT and key != self.own else None
