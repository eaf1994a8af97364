"""Accounts and their password hashes, in and out of the database."""

import unicodedata

from sqlalchemy import select, update

from scheduler.domain.accounts import Account, AccountRole
from scheduler.store.collection import Columns, EditedCollection
from scheduler.store.tables import AccountRow


class Accounts(EditedCollection[AccountRow, Account]):
    """All accounts; a password hash is asked for by name and never part of the value."""

    row = AccountRow
    noun = "account"

    def find_by_email(self, email: str) -> Account | None:
        """The account of an address, whatever its capitals."""
        rows = self._rows(self._select(AccountRow.email_key == _email_key(email)))
        return self._value(rows[0]) if rows else None

    def of_expert(self, expert: str) -> Account | None:
        """The account of an expert, if there is one."""
        rows = self._rows(self._select(AccountRow.expert_id == expert).order_by(AccountRow.id))
        return self._value(rows[0]) if rows else None

    def in_role(self, role: AccountRole) -> list[Account]:
        """The accounts of a role, by id."""
        asked = self._select(AccountRow.role == role.value).order_by(AccountRow.id)
        return [self._value(row) for row in self._rows(asked)]

    def password_hash(self, id: str) -> str | None:
        """The hash of the password, or None when none was set."""
        return self._session.scalar(select(AccountRow.password_hash).where(AccountRow.id == id))

    def set_password(self, id: str, password_hash: str | None) -> None:
        """Keep the hash of a new password."""
        self.get(id)
        self._run(update(AccountRow).where(AccountRow.id == id).values(password_hash=password_hash))

    def _columns(self, value: Account) -> Columns:
        return {
            "id": value.id,
            "email": value.email,
            "email_key": _email_key(value.email),
            "display_name": value.display_name,
            "role": value.role.value,
            "venues": sorted(value.venues),
            "expert_id": value.expert,
            "active": value.active,
            "language": value.language,
            "theme": value.theme,
            "calm": value.calm,
            "is_sample": value.is_sample,
        }

    def _value(self, row: AccountRow) -> Account:
        return Account(
            id=row.id,
            email=row.email,
            display_name=row.display_name,
            role=AccountRole(row.role),
            venues=frozenset(row.venues),
            expert=row.expert_id,
            active=row.active,
            language=row.language,
            theme=row.theme,
            calm=row.calm,
            is_sample=row.is_sample,
        )


def _email_key(email: str) -> str:
    """The address as it is compared: composed, lower case; look-alike letters of other alphabets stay different."""
    return unicodedata.normalize("NFC", email.strip()).lower()
