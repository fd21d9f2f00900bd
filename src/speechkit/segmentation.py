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
