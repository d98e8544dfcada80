"""Regions: the places that elections are held in, from the nation down to the kelurahan.

A region is known by its Kemendagri code. Codes are dotted everywhere in bilik; ``codes``
turns them into digits and back and tells level and parent. ``hierarchy`` walks the frame
of regions: ``below``, ``path``, ``in_force`` on a day, ``successors`` of what was split,
merged, renamed or moved. ``tile_map`` holds one square an area for pages without
boundaries, ``boundaries`` checks and simplifies GeoJSON. ``files`` reads all of these:
``shipped_regions``, ``shipped_tiles``, ``read_regions``, ``read_tiles``, ``read_boundaries``,
and the names of every place of Indonesia.

Polling stations are no regions: they are drawn anew for every election and belong to its counts.
Populations are no part of this domain either; voters stand with the elections.
"""
