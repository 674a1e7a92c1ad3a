"""The stock site with the SQLite settings of ours."""

from .settings import *  # noqa: F403
from .settings import DATABASES

DATABASES["default"]["OPTIONS"] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        "PRAGMA recursive_triggers=ON;PRAGMA secure_delete=ON;"
    ),
}
