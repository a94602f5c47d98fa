"""The errors that the library raises for bad input; the command shows each as one line."""


class BulletinError(Exception):
    """Something in the input or the surroundings stops the work.

    The message states the rule, the place (file, line, segment) and the mend.
    """


class ReadingError(BulletinError):
    """A file cannot be read as a Vietnamese article."""


class GlossaryError(BulletinError):
    """A glossary or style file does not hold what it must."""


class ModelError(BulletinError):
    """A translation model cannot be found or loaded, or does not fit its family."""


class DraftError(BulletinError):
    """A draft file is damaged, foreign or does not fit its article."""


class MemoryStoreError(BulletinError):
    """A translation memory cannot be opened, read or written."""


class PublishingError(BulletinError):
    """A bulletin cannot be laid out or written."""


class ScoringError(BulletinError):
    """Hypotheses and references do not go together."""


class TrainingError(BulletinError):
    """A training recipe or its data cannot be used."""


class MissingExtraError(BulletinError):
    """A feature needs a package that an extra of bulletin installs."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"this needs the package {package!r}, which is not installed: pip install 'bulletin[{extra}]'"
        )
        self.package = package
        self.extra = extra
