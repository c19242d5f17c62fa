"""Migrates the lines of older files to this program's schema, with rows that describe each change.

A row has the schema that it migrates from. Once released, rows are never changed, only added;
`tests/journal/golden/` has a file of every schema. A line without a matching row keeps its bytes,
which identify its version: a new kind or a new optional field needs a new schema, but no row.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

Fields = Mapping[str, Any]


class Renamed(msgspec.Struct, frozen=True):
    """A field of a kind was renamed."""

    schema: int
    kind: str
    field: str
    to: str

    def applied(self, fields: Fields) -> Fields:
        """Return the fields with the new name, in the same order."""
        if self.field not in fields:
            return fields
        return {self.to if name == self.field else name: fields[name] for name in fields}


class Added(msgspec.Struct, frozen=True):
    """A field of a kind was added; older lines get this value."""

    schema: int
    kind: str
    field: str
    value: object

    def applied(self, fields: Fields) -> Fields:
        """Return the fields with the new one at the end."""
        return fields if self.field in fields else {**fields, self.field: self.value}


class Dropped(msgspec.Struct, frozen=True):
    """A field of a kind was dropped."""

    schema: int
    kind: str
    field: str

    def applied(self, fields: Fields) -> Fields:
        """Return the fields without it."""
        if self.field not in fields:
            return fields
        return {name: fields[name] for name in fields if name != self.field}


class Converted(msgspec.Struct, frozen=True):
    """Values of a field of a kind were converted; those not in `values` stay."""

    schema: int
    kind: str
    field: str
    values: Mapping[str | int | bool | None, object]

    def applied(self, fields: Fields) -> Fields:
        """Return the fields with the new value."""
        if self.field not in fields or isinstance(fields[self.field], list | dict):
            return fields
        value = fields[self.field]
        return {**fields, self.field: self.values.get(value, value)}


Row = Renamed | Added | Dropped | Converted
MIGRATIONS: Sequence[Row] = ()  # in order of application


def any_leads_from(schema: int, rows: Sequence[Row]) -> bool:
    """Return whether a file of this schema may need changes to its lines."""
    return any(row.schema >= schema for row in rows)


def migrated(fields: Fields, schema: int, rows: Sequence[Row]) -> Fields:
    """Return a line of a file of this schema after migration, itself if nothing changes."""
    version = fields.get("version")
    if isinstance(version, dict):  # an overruled line contains another line
        now = migrated(version, schema, rows)
        fields = fields if now is version else {**fields, "version": now}
    for row in rows:
        if row.schema >= schema and fields.get("kind") == row.kind:
            fields = row.applied(fields)
    return fields
