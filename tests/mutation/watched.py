"""Which tests hold which module of the journal to its promises: what a change must meet."""

_OTHERS = {  # beside the module's own tests/journal/test_MODULE.py, the quick ones first
    "acknowledged": "store rollbacks",
    "admit": "entries codec merge holding store ../hostile/json_classes",
    "appending": "",
    "backups": "../commands/restore",
    "book": "unseen_versions store importing merge codec",
    "changes": "book unseen_versions store",
    "check": "entries csv_reading importing book",
    "clock_text": "csv_when",
    "codec": "holding merge store ../hostile/json_classes ../hostile/damage",
    "beside": "neighbours ../hostile/places",
    "conflict_copies": "store",
    "csv_cells": "csv_file csv_reading spreadsheet",
    "csv_file": "csv_reading",
    "csv_reading": "csv_file importing",
    "csv_moments": "csv_when csv_reading",
    "csv_when": "csv_reading importing",
    "csv_values": "csv_reading csv_file importing",
    "doubles": "importing",
    "difference": "importing ../commands/restore",
    "due_copies": "store appending",
    "durable": "",
    "entries": "migrations codec csv_reading book merge store",
    "holding": "codec merge book store",
    "fates": "neighbours",
    "importing": "../commands/import",
    "kept_copies": "../commands/restore",
    "known_file": "due_copies store ../hostile/places migrations",
    "loaded": "store",
    "lock": "",
    "memory": "store rollbacks ../commands/remembered",
    "merge": "book importing store",
    "marks": "neighbours appending",
    "migrations": "",
    "neighbours": "store ../commands/beside ../hostile/places",
    "missed": "store ../commands/remembered",
    "reading": "codec ../commands/check migrations importing store ../hostile/json_classes "
    "../hostile/damage",
    "rebasing": "book store importing",
    "refused": "importing csv_reading ../commands/import",
    "regular": "store",
    "rescue": "store ../hostile/places",
    "set_aside": "rescue store ../hostile/clock",
    "shelf": "book unseen_versions store",
    "shrink": "store",
    "store": "due_copies unseen_versions migrations importing ../commands/import ../hostile/places",
    "synced": "",
    "thinning": "",
    "undoing": "unseen_versions book store",
    "versions": "merge holding book codec importing store",
    "whole": "holding codec store migrations",
}
_WITH_OWN = {
    *(
        "acknowledged",
        "appending",
        "backups",
        "beside",
        "book",
        "clock_text",
        "codec",
        "conflict_copies",
        "csv_file",
        "csv_reading",
    ),
    *(
        "csv_when",
        "difference",
        "doubles",
        "due_copies",
        "durable",
        "entries",
        "holding",
        "importing",
        "kept_copies",
    ),
    *(
        "known_file",
        "lock",
        "marks",
        "merge",
        "migrations",
        "neighbours",
        "regular",
        "rescue",
        "shrink",
    ),
    *("store", "synced", "thinning"),
}


def _file(name: str) -> str:
    if name == "store":
        return "tests/journal/store"
    folder, _, module = f"journal/{name}".replace("journal/../", "").rpartition("/")
    return f"tests/{folder}/test_{module}.py"


WATCHED_BY: dict[str, list[str]] = {
    module: [_file(name) for name in [module] * (module in _WITH_OWN) + others.split()]
    for module, others in _OTHERS.items()
}
