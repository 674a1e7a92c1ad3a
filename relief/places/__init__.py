"""The three levels of a district and what stands there: areas, stations, bulletin boards."""
