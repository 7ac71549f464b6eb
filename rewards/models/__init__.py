"""The tables of rewards."""

from rewards.models.ledger import Entry, Limit, Reason
from rewards.models.scores import BoardPreference, Score
from rewards.models.settings import RewardSettings

__all__ = ["BoardPreference", "Entry", "Limit", "Reason", "RewardSettings", "Score"]
