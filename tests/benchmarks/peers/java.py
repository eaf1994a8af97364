"""Which Java is there, and is it new enough for Timefold?"""

import os
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

OLDEST = 17
HOW = "uv pip install --require-hashes -r requirements-peers.txt"


def version_of_timefold() -> str:
    """Such as `1.24.0b0, Java 17.0.15`, or `skipped: ` and why."""
    try:
        package = version("timefold")
    except PackageNotFoundError:
        return f"skipped: the package is not there ({HOW})"
    java = _version_of_java()
    if java is None:
        return f"skipped: no Java {OLDEST} or newer on PATH or in JAVA_HOME"
    return f"{package}, Java {java}"


def _version_of_java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    program = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if program is None or not Path(program).exists():
        return None
    said = subprocess.run([program, "-version"], check=False, capture_output=True, text=True).stderr
    found = re.search(r'version "((\d+)[^"]*)"', said)
    return found[1] if found and int(found[2]) >= OLDEST else None
