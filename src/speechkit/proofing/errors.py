"""Errors of the proofreader."""

from ..errors import SpeechkitError


class ProofingError(SpeechkitError):
    """Rules or words that can't be used: the message names file, line and what to write instead."""
