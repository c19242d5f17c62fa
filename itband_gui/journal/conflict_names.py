"""The names that sync tools give to the copies of a journal that two machines wrote."""

import os
import re
from contextlib import suppress
from pathlib import Path

# What may stand between "journal" and ".json"; compiled where something does.
_MARK = r"""
  [._](?:sync-)?(?i:[ck]onfli).*                    # Syncthing, ownCloud, Resilio
| [ ]?[(\[][^()\[\]]*(?i:[ck]onfli).*               # Dropbox, Nextcloud, Seafile, pCloud
| [ ]?\([^()]*[^\W\d_][^()]*\d{4}-\d\d-\d\d.*       # Dropbox, in a language without that word
| (?:_conf)?[ ]?\(\d{1,3}\)                         # Google Drive
| [ ]\d{1,2}                                        # iCloud
| -(?=.*[A-Z])[\w-]{1,63}                           # OneDrive: the name of a computer
"""


def find(target: Path) -> list[Path]:
    """Return the files beside `target` that are, by their names, copies of it; in order.

    Which of them are journals, `conflict_copies` tells. A folder that cannot be listed holds none.
    """
    with suppress(OSError), os.scandir(target.parent) as entries:
        return sorted(
            Path(entry.path)
            for entry in entries
            if _is_named_after(target, entry.name) and entry.is_file(follow_symlinks=False)
        )
    return []


def _is_named_after(target: Path, name: str) -> bool:
    start, end = len(target.stem), len(name) - len(target.suffix)
    return (
        start < end
        and name[:start].casefold() == target.stem.casefold()
        and name[end:].casefold() == target.suffix.casefold()
        and re.fullmatch(_MARK, name[start:end], re.VERBOSE | re.DOTALL) is not None
    )
