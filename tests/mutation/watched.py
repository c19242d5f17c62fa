"""The tests of each module of the journal that a mutant must face."""

_OTHERS = {  # besides the module's own tests/journal/test_MODULE.py, the quick ones first
    "acknowledged": "store rollbacks ../commands/remembered",
    "backups": "backups_faults ../commands/restore backups_due store fast_append backups_thinned",
    "book": "unseen_versions store importing merge codec",
    "changes": "book unseen_versions store importing",
    "clock_text": "csv_moments",
    "codec": "lines salvage snapshot merge store ../hostile/json_classes ../hostile/damage",
    "conflict_copies": "store",
    "csv_moments": "csv_reader importing",
    "csv_reader": "csv_writer importing",
    "csv_writer": "csv_reader spreadsheet",
    "entries": "schemas codec csv_reader book merge store",
    "exchange": "../commands/export ../commands/import ../commands/restore",
    "fast_append": "",
    "import_errors": "importing csv_reader ../commands/import",
    "importing": "importing_doubles ../commands/import",
    "lines": "entries codec merge snapshot store ../hostile/json_classes",
    "lock": "",
    "memory": "store rollbacks ../commands/remembered",
    "merge": "merge_difference importing ../commands/restore book store merge_shrink",
    "recovery": "recovery_copies ../commands/restore store ../hostile/places",
    "safe_file": "safe_file_errors safe_file_systems safe_file_reading store recovery "
    "../hostile/clock",
    "salvage": "codec ../commands/check schemas importing store ../hostile/json_classes "
    "../hostile/damage",
    "sibling_merge": "store ../commands/beside ../hostile/places",
    "siblings": "sibling_merge ../hostile/places",
    "siblings_seen": "sibling_merge fast_append",
    "snapshot": "codec merge book store schemas",
    "store": "backups_due unseen_versions schemas importing ../commands/import ../hostile/places",
    "sync_tools": "",
    "tracked_file": "backups_due store ../hostile/places schemas",
    "validation": "entries csv_reader importing book",
    "versions": "merge snapshot book codec importing store",
}


def _file(name: str) -> str:
    if name == "store":
        return "tests/journal/store"
    folder, _, module = f"journal/{name}".replace("journal/../", "").rpartition("/")
    return f"tests/{folder}/test_{module}.py"


WATCHED_BY: dict[str, list[str]] = {
    module: [_file(name) for name in (module, *others.split())]
    for module, others in _OTHERS.items()
}
