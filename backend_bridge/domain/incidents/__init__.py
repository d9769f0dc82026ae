"""Incidents: steps, clocks and units of an acknowledged red alarm, by the law of each country."""
