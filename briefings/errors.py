"""Every error of ours, in one tree.

    BriefingBotError
    ├── NotFound            an article, item, topic or subscription that is not there
    ├── BadInput            what a person gave can't be used as it is
    │   ├── UnreadableFile  a file to import: missing, empty, binary, too large
    │   └── BadArticle      one article of a file or feed
    ├── SourceError         reading from outside failed
    │   ├── BlockedAddress  an address that the guard refuses
    │   ├── FetchFailed     no usable answer: network, status, size, time
    │   └── ParseFailed     the child that parses gave up: not a feed, limits, crash
    ├── ExtractFailed       the child that extracts gave up on one article
    ├── ExtractorDown       that child can't be started at all: no article may be stored without its findings
    ├── StoreError          the database: location, version, lock
    └── DeliveryError       a platform did not take a message
        ├── Refused         it said no: nothing was posted
        │   └── TargetClosed    it said no to the whole channel: it is paused
        ├── RateLimited     it said later: nothing was posted
        └── Ambiguous       it may or may not have been posted

A message says what, which one and what to do. Never a secret, never article text.

Beside the tree stands Interrupted: work that a stop broke off. It is no result, so nothing may be recorded of it.
"""

from __future__ import annotations


class BriefingBotError(Exception):
    """Base of every error that a person may read; `str()` is the message."""


class NotFound(BriefingBotError):
    """Nothing has this id or name."""


class BadInput(BriefingBotError):
    """What a person gave can't be used; the message says how to mend it."""


class UnreadableFile(BadInput):
    """A file to import can't be read as what its name says."""


class BadArticle(BadInput):
    """One article of a file or feed can't be stored."""


class SourceError(BriefingBotError):
    """Reading from outside failed."""


class BlockedAddress(SourceError):
    """The address leads inside a private network or to a port that we do not use."""


class FetchFailed(SourceError):
    """No usable answer came.

    Args:
        message: what, which one, what to do.
        status: the HTTP status when there was one.
        retry_after: seconds that the server asked us to wait.
    """

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class ParseFailed(SourceError):
    """The limited child could not parse a body."""


class ExtractFailed(BriefingBotError):
    """The extractor could not read one article."""


class ExtractorDown(BriefingBotError):
    """The extractor can't be started, so that every article would be without findings; the article waits."""


class StoreError(BriefingBotError):
    """The database can't be used."""


class DeliveryError(BriefingBotError):
    """A platform did not take a message."""


class Refused(DeliveryError):
    """The platform refused; nothing was posted and a retry as it is will not help."""


class TargetClosed(Refused):
    """The channel or the token can't be used (401, 403, 404): nothing more is posted there until it is resumed."""


class RateLimited(DeliveryError):
    """The platform asks to wait; nothing was posted.

    Args:
        message: what, which one, what to do.
        retry_after: seconds to wait.
    """

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Ambiguous(DeliveryError):
    """The message may have been posted; look before sending again."""


class Interrupted(Exception):
    """A stop broke the work off before its end; it is to be done anew by whoever runs next."""
