"""The tables of the ambassadors' programme."""

from rewards.ambassadors.models.candidates import Candidate, CandidateList
from rewards.ambassadors.models.charter import CharterAcceptance, CharterVersion, charter_in_force
from rewards.ambassadors.models.desk import Answering, HelpedDay, RoomMessage
from rewards.ambassadors.models.membership import RUN_PROGRAMME, Ambassadorship, Hours, Step
from rewards.ambassadors.models.notices import CrisisNotice, NoticeReader
from rewards.ambassadors.models.settings import ProgrammeSettings

__all__ = [
    "RUN_PROGRAMME",
    "Ambassadorship",
    "Answering",
    "Candidate",
    "CandidateList",
    "CharterAcceptance",
    "CharterVersion",
    "CrisisNotice",
    "HelpedDay",
    "Hours",
    "NoticeReader",
    "ProgrammeSettings",
    "RoomMessage",
    "Step",
    "charter_in_force",
]
