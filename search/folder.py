"""Where the indexes lie: read by the portal's own account alone, for one of them holds drafts."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

#: of a folder, of a file
FOLDER, FILE = 0o700, 0o600


def own_folder(folder: Path) -> Path:
    """The folder, made where there is none."""
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    return folder


def keep_to_ourselves(folder: Path) -> None:
    """Shut a folder that was made before; what belongs to another account stays as its owner wants it."""
    with suppress(PermissionError):
        folder.chmod(FOLDER)
