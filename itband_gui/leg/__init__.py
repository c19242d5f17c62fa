"""The leg as geometry: outline, zones, places, keep-off areas and stroke paths, in centimetres."""
