"""Brings the lines of an older file to this program's schema: what changed since, as rows of data.

A row belongs to the schema that it leads away from. Rows are never changed once they are released,
only added; `tests/journal/golden/` holds a file of every schema.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

Fields = Mapping[str, Any]


class Renamed(msgspec.Struct, frozen=True):
    """A field of a kind has another name since."""

    schema: int
    kind: str
    field: str
    to: str

    def applied(self, fields: Fields) -> Fields:
        """Return the fields, in their order, with the new name."""
        return {self.to if name == self.field else name: fields[name] for name in fields}


class Added(msgspec.Struct, frozen=True):
    """A field of a kind is there since; older lines mean this value."""

    schema: int
    kind: str
    field: str
    value: object

    def applied(self, fields: Fields) -> Fields:
        """Return the fields with the new one, at the end."""
        return {**fields, self.field: fields.get(self.field, self.value)}


class Dropped(msgspec.Struct, frozen=True):
    """A field of a kind is gone since."""

    schema: int
    kind: str
    field: str

    def applied(self, fields: Fields) -> Fields:
        """Return the fields without it."""
        return {name: fields[name] for name in fields if name != self.field}


class Converted(msgspec.Struct, frozen=True):
    """The values of a field of a kind are other ones since; those not in `values` stay."""

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
MIGRATIONS: Sequence[Row] = ()  # in the order in which they are applied


def migrated(fields: Fields, schema: int, rows: Sequence[Row]) -> Fields:
    """Return a line of a file of `schema` as the rows say; what is no object stays as it is."""
    if isinstance(fields.get("version"), dict):  # an overruled line holds a line
        fields = {**fields, "version": migrated(fields["version"], schema, rows)}
    for row in rows:
        if row.schema >= schema and fields.get("kind") == row.kind:
            fields = row.applied(fields)
    return fields
