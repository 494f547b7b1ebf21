"""Count neighbouring symbols, the first step of byte pair encoding."""

from grader import Exercise, call, checks, drawn


def pair_counts(words: dict[tuple[str, ...], int]) -> dict[tuple[str, str], int]:
    """Return how often two symbols stand beside each other.

    Args:
        words: how often each word occurs, by its symbols.

    Returns:
        The number of occurrences by pair of symbols, each word as often as it occurs.
    """
    counts: dict[tuple[str, str], int] = {}
    for word, count in words.items():
        for pair in zip(word, word[1:]):
            counts[pair] = counts.get(pair, 0) + count
    return counts


def _draw(rng):
    letters = list("abc")
    return call({tuple(rng.choice(letters, size=4).tolist()): int(rng.integers(1, 9)) for _ in range(3)})


exercise = Exercise(
    pair_counts,
    inputs=drawn(_draw).also(
        repeated=call({("a", "a", "a"): 2}), single=call({("a",): 3}), none=call({}), two=call({("l", "o"): 5})
    ),
    checks=(checks.matches_reference().worth(3),),
    hints=("A word of n symbols has n - 1 pairs.", "Add the word's count, not 1."),
)


@exercise.mistake(caught_by=checks.matches_reference)
def once_a_word(words):
    """Each word counts as often as it occurs, not once."""
    return pair_counts({word: 1 for word in words})


@exercise.mistake(caught_by=checks.matches_reference)
def no_overlap(words):
    """In "aaa" the pair "aa" stands twice: pairs overlap."""
    counts = {}
    for word, count in words.items():
        for at in range(0, len(word) - 1, 2):
            pair = word[at], word[at + 1]
            counts[pair] = counts.get(pair, 0) + count
    return counts


@exercise.mistake(caught_by=checks.matches_reference)
def joined(words):
    """The keys are pairs of symbols, not joined text."""
    return {"".join(pair): count for pair, count in pair_counts(words).items()}
