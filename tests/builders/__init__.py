"""Rows as a bridge would send them: a made-up evening in Sinchon, in Korean style; every name, number and place is invented."""

from builders.access import grants, request, requests, session
from builders.alarms import KINDS, MOVING, TECHNICAL, alarm, evening, many_alarms
from builders.cases import case, pair, silent_cases, surroundings, surroundings_at_home
from builders.devices import device, devices, gateways
from builders.incidents import incident, task, units
from builders.positions import frame, room, track
from builders.scene import NOW_US, PLACES, STANDS, S, case_id

__all__ = [
    "KINDS",
    "MOVING",
    "NOW_US",
    "PLACES",
    "STANDS",
    "TECHNICAL",
    "S",
    "alarm",
    "case",
    "case_id",
    "device",
    "devices",
    "evening",
    "frame",
    "gateways",
    "grants",
    "incident",
    "many_alarms",
    "pair",
    "request",
    "requests",
    "room",
    "session",
    "silent_cases",
    "surroundings",
    "surroundings_at_home",
    "task",
    "track",
    "units",
]
