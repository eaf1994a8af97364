"""What is set for this installation, by name."""

from typing import Any

from sqlalchemy import delete, select

from scheduler.store.collection import Collection
from scheduler.store.tables import SettingRow


class Settings(Collection[SettingRow, Any]):
    """All settings; a value is anything that JSON can hold."""

    row = SettingRow
    noun = "setting"
    key = "key"

    def value(self, name: str, default: Any = None) -> Any:
        """The value of a setting, or the default where it was never set."""
        found = self._session.execute(select(SettingRow.value).where(SettingRow.key == name)).first()
        return default if found is None else found.value

    def put(self, name: str, value: Any) -> None:
        """Set it."""
        self._run(delete(SettingRow).where(SettingRow.key == name))
        self._insert(SettingRow, [{"key": name, "value": value}])

    def _value(self, row: SettingRow) -> Any:
        return row.value
