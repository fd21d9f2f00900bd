"""Sentences and words of Chinese text; the only file that imports a word segmenter, and only when used."""

import re
from collections.abc import Callable
from functools import cache

# A title in 《》 is one name: a question mark inside it ends no sentence. The bound keeps a 《 that is never
# closed from making the scan quadratic.
_SENTENCE = re.compile(
    r"""
    (?: 《[^《》]{1,80}》 | [^。！？!?…] | [!?](?=[0-9A-Za-z]) )*
    (?: [。！？!?…]+ [”’」』）》】〉〕)\]"']* \s* | \Z )
    """,
    re.VERBOSE,
)


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences; they tile `text`.

    A sentence ends with 。！？ or …… and takes the closing quotes and brackets and the white space after it;
    ；does not end one.
    """
    return [match.span() for match in _SENTENCE.finditer(text) if match.end() > match.start()]


@cache
def _segmenter() -> Callable[[str], list[str]]:
    try:
        from rjieba import cut
    except ImportError:
        return _python_segmenter()
    return cut


def _python_segmenter() -> Callable[[str], list[str]]:
    import logging

    import jieba

    jieba.setLogLevel(logging.ERROR)  # it reports the loading of its dictionary otherwise
    return jieba.lcut  # type: ignore[no-any-return]


def words(text: str) -> list[str]:
    """Return the words of `text` in order, white space and punctuation included; they join to `text`.

    Source: jieba's dictionary and its hidden Markov model for unknown words, by way of rjieba where there
    is a build of it, else by jieba itself.
    """
    return list(_segmenter()(text))


_TAGGED_ALIKE = re.compile(r"[A-Za-z0-9]+(?:\.[0-9]+)?%?|.", re.DOTALL)
"""What jieba makes one word of where letters and digits are joined by - _ or a point."""


_JOINED = re.compile(r"[A-Za-z0-9][-_.]|[-_.][A-Za-z0-9]")


def tagged_words(text: str) -> list[tuple[str, str]]:
    """Return the words of `text` with their parts of speech, tags of the ICTCLAS set; they join to `text`.

    A word that the dictionary doesn't have is guessed or left as `x`; `m` is a figure, `eng` Latin letters.
    Source: as for `words`.
    """
    words_and_tags = _tagger()(text)
    if not _JOINED.search(text):
        return list(words_and_tags)
    tagged: list[tuple[str, str]] = []
    for word, tag in words_and_tags:
        if tag == "eng" and not word.isalnum():
            tagged += [(part, _tag_of_unknown(part)) for part in _TAGGED_ALIKE.findall(word)]
        else:
            tagged.append((word, tag))
    return tagged


@cache
def _tagger() -> Callable[[str], list[tuple[str, str]]]:
    try:
        from rjieba import tag
    except ImportError:
        return _python_tagger()
    return tag


def _python_tagger() -> Callable[[str], list[tuple[str, str]]]:
    cut = _python_segmenter()
    from jieba import posseg

    # Its own segmentation differs from jieba's; only the dictionary of tags is wanted.
    posseg.dt.initialize()
    tags: dict[str, str] = posseg.dt.word_tag_tab
    return lambda text: [(word, tags.get(word) or _tag_of_unknown(word)) for word in cut(text)]


def _tag_of_unknown(word: str) -> str:
    letters = sum(char.isascii() and char.isalnum() for char in word)
    digits = sum(char.isascii() and char.isdigit() for char in word)
    return "x" if not letters else "m" if letters == digits else "eng"
