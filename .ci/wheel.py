"""What must a wheel hold beside the packages? The data of the sample, and a front end that has been built."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE = ("web/static/build/manifest.json", "web/translations/nl/LC_MESSAGES/messages.mo")


class Hook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by the build; an installation of the tree itself (`pip install -e`) needs nothing of this."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Put the data inside the package; end the build when something has not been made yet."""
        if version == "editable":
            return
        missing = [name for name in MADE if not (Path(self.root) / name).is_file()]
        if missing:
            raise SystemExit(f"{', '.join(missing)} is missing. Run 'make assets' first.")
        build_data["force_include"]["data"] = "scheduler/data"
