"""The parts of the history page: chart, strip, reading line, table, heat map and panels."""
