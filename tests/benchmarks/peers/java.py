"""Which Java is there, with a compiler, and is it new enough for Timefold?"""

import os
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, distribution, version
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
        return f"skipped: no Java {OLDEST} or newer with its compiler (a JDK) on PATH or in JAVA_HOME"
    return f"{package}, Java {java}"


def jars() -> Path:
    """The folder with the Java archives of the package."""
    return Path(str(distribution("timefold").locate_file("timefold/solver/jars")))


def program(name: str) -> str:
    """Where `java` or `javac` is; an empty text when it is not there."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which(name, path=str(Path(home) / "bin") if home else None)
    return found or ""


def _version_of_java() -> str | None:
    if not program("javac"):
        return None
    said = subprocess.run([program("javac"), "-version"], check=False, capture_output=True, text=True).stdout
    found = re.search(r"javac ((\d+)\S*)", said)
    return found[1] if found and int(found[2]) >= OLDEST else None
