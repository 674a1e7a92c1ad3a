"""Officers in an export are sign-in names: accounts, passwords and offices stay where they are."""

from __future__ import annotations

from functools import cached_property

from relief.officers.models import Account, Officer


class People:
    """Who is known in this portal: by key on the way out, by sign-in name on the way in."""

    @cached_property
    def _accounts(self) -> dict[int, str]:
        return dict(Account.objects.values_list("pk", "username"))

    @cached_property
    def _officers(self) -> dict[int, str]:
        return dict(Officer.objects.values_list("pk", "account__username"))

    @cached_property
    def _keys(self) -> dict[str, int]:
        return {name: key for key, name in self._accounts.items()}

    @cached_property
    def _officer_keys(self) -> dict[str, int]:
        return {name: key for key, name in self._officers.items()}

    def name_of(self, key: int | None) -> str | None:
        """The sign-in name of an account."""
        return self._accounts.get(key) if key else None

    def name_of_officer(self, key: int | None) -> str | None:
        return self._officers.get(key) if key else None

    def account(self, name: str | None) -> int | None:
        """The account of that sign-in name; None where nobody here has it."""
        return self._keys.get(name) if name else None

    def officer(self, name: str | None) -> int | None:
        return self._officer_keys.get(name) if name else None
