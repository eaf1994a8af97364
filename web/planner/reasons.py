"""How is the reason why somebody cannot take a shift said in a few words, beside the name and under the shift?"""

from collections.abc import Mapping
from typing import Final

from scheduler.domain.errors import Sentence
from web import present

IN_SHORT: Final[Mapping[str, Sentence]] = {
    "%(expert)s is not available for %(shift)s.": Sentence("not available"),
    "%(expert)s declined %(shift)s.": Sentence("said no to this shift"),
    "%(expert)s has no contract on %(day)s.": Sentence("has no contract on that day"),
    "%(expert)s may not act as %(role)s on %(day)s.": Sentence("does not act as %(role)s"),
    "%(expert)s has no valid %(qualification)s on %(day)s.": Sentence("has no valid training as %(qualification)s"),
    "%(expert)s does not speak a language that %(shift)s requires: %(languages)s.": Sentence(
        "does not speak %(languages)s"
    ),
    "%(expert)s has %(shift)s and %(other)s at the same time.": Sentence("works then already"),
    "%(expert)s still works an earlier shift when %(shift)s starts.": Sentence("works then already"),
    "%(expert)s has too little time to travel from %(shift)s to %(other)s.": Sentence(
        "has too little time to travel from or to another shift"
    ),
    "%(expert)s would travel %(minutes)s minutes to %(venue)s; the most is %(most)s.": Sentence(
        "would travel %(minutes)s minutes, at most %(most)s"
    ),
    "%(expert)s does not rest %(hours)s hours between %(shift)s and %(other)s.": Sentence(
        "would rest less than %(hours)s hours"
    ),
    "%(expert)s does not rest %(hours)s hours between an earlier shift and %(shift)s.": Sentence(
        "would rest less than %(hours)s hours"
    ),
    "%(expert)s does not rest %(hours)s hours on end in the week of %(period)s.": Sentence(
        "would not rest %(hours)s hours on end that week"
    ),
    "%(expert)s works %(days)s days in a row up to %(day)s; the most is %(most)s.": Sentence(
        "would work %(days)s days in a row, at most %(most)s"
    ),
    "%(expert)s works %(worked)s hours on %(period)s; the most is %(most)s.": Sentence(
        "would work %(worked)s hours that day, at most %(most)s"
    ),
    "%(expert)s works %(worked)s hours in the week of %(period)s; the most is %(most)s.": Sentence(
        "would work %(worked)s hours that week, at most %(most)s"
    ),
    "%(expert)s works %(worked)s hours in the week of %(period)s; the contract allows %(most)s.": Sentence(
        "would work %(worked)s hours that week; the contract allows %(most)s"
    ),
    "%(expert)s works %(worked)s hours in the four weeks up to the week of %(period)s; the most is %(most)s.": Sentence(
        "would work %(worked)s hours in four weeks, at most %(most)s"
    ),
    "%(expert)s works %(worked)s shifts in the week of %(period)s; the most is %(most)s.": Sentence(
        "would work %(worked)s shifts that week, at most %(most)s"
    ),
}


def in_short(sentence: Sentence) -> str:
    """The few words for a reason, or the sentence itself when there are none."""
    return present.say(Sentence(IN_SHORT.get(sentence.text, sentence).text, sentence.values))
