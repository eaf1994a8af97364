"""How many hours does each person work in each month? A table for a spreadsheet, with its sums."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
from openpyxl.styles import Font

from scheduler.exchange.writing import harmless

MINUTES_AN_HOUR: Final = 60
DECIMALS: Final = 2


@dataclass(frozen=True, slots=True)
class Worked:
    """One shift of one person: its length counts in the month of the local day on which it starts."""

    expert: str
    day: date
    minutes: int
    is_planned: bool = False
    """Whether it is still to come."""


@dataclass(frozen=True, slots=True)
class HoursTable:
    """Hours of a year: a row per person of `people` (id and name, in this order), a column per month, and the sums.

    The last column says how much of the sum is still to come.
    """

    year: int
    people: Sequence[tuple[str, str]]
    worked: Iterable[Worked]
    header: tuple[str, str, str, str]
    """The words for the id, the name, the sum and what of it is planned."""

    def frame(self) -> pd.DataFrame:
        """The table as it is shown, hours as decimal numbers."""
        months = [f"{self.year}-{number:02d}" for number in range(1, 13)]
        rows = [(w.expert, f"{w.day:%Y-%m}", w.minutes, w.minutes * w.is_planned) for w in self.worked]
        long = pd.DataFrame(rows, columns=["expert", "month", "minutes", "planned"])
        minutes = long.pivot_table(index="expert", columns="month", values="minutes", aggfunc="sum")
        minutes = minutes.reindex(index=[id for id, _ in self.people], columns=months).fillna(0)
        id_word, name_word, sum_word, planned_word = self.header
        minutes[sum_word] = minutes.sum(axis=1)
        minutes[planned_word] = long.groupby("expert")["planned"].sum().reindex(minutes.index).fillna(0).astype(float)
        minutes.loc[""] = minutes.sum(axis=0)
        hours = (minutes / MINUTES_AN_HOUR).round(DECIMALS).reset_index(drop=True)
        hours.insert(0, name_word, [*(harmless(name) for _, name in self.people), sum_word])
        hours.insert(0, id_word, [*(harmless(id) for id, _ in self.people), ""])
        return hours

    def xlsx(self) -> bytes:
        """The table as an Excel file, with its first row and its names always in sight."""
        out = io.BytesIO()
        with pd.ExcelWriter(out, engine="openpyxl") as writer:
            self.frame().to_excel(writer, sheet_name=str(self.year), index=False)
            sheet = writer.sheets[str(self.year)]
            sheet.freeze_panes = "C2"
            sheet.column_dimensions["B"].width = 28
            for cell in sheet[sheet.max_row]:
                cell.font = Font(bold=True)
        return out.getvalue()

    def csv(self, decimal: str) -> bytes:
        """The table as text for a spreadsheet: with a mark for UTF-8, semicolons and this decimal mark."""
        text = self.frame().to_csv(sep=";", decimal=decimal, index=False, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        return str(text).encode("utf-8-sig")
