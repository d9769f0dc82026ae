"""Texts that people wrote in both languages of the desk: titles and briefings of scenarios, calls in exercises."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in both languages of the desk."""

    ko: str
    en: str
