"""What a person is told when something cannot be done."""


class Refusal(Exception):
    """A plain sentence for the person who asked, and perhaps the field it belongs beside."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def beside(self, field: str) -> "Refusal":
        """The same refusal, shown beside another field of the form."""
        return type(self)(self.sentence, field)


class Settled(Refusal):
    """What was asked about has been seen to already, by them or by somebody else; the sentence says how it stands."""


class NotFound(Refusal):
    """What was named is not here, or not for this person to see: the two read alike."""


class NotAllowed(Refusal):
    """The thing is here, but this is not this person's to do."""
