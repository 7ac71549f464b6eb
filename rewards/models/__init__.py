"""The tables of rewards."""

from rewards.models.ledger import REVIEWS, Entry, Limit, Reason, Sweep
from rewards.models.scores import BoardPreference, Score
from rewards.models.settings import RewardSettings

__all__ = ["REVIEWS", "BoardPreference", "Entry", "Limit", "Reason", "RewardSettings", "Score", "Sweep"]
