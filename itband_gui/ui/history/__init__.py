"""The history's parts: chart and strip, reading line, table, heat map."""
