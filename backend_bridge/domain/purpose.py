"""The five purposes for which the law lets anybody look at location data (EM Act Art. 31-8(2)), by their numbers."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why somebody looks; `COMPLIANCE` is routine monitoring and the only one that needs no request."""

    STALKING_CRIME = "1-stalking-crime"
    COMPLIANCE = "2-compliance"
    MEASURE_CHANGE = "3-measure-change"
    BREACH_INVESTIGATION = "4-breach-investigation"
    VICTIM_NOTICE = "5-victim-notice"
