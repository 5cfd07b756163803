"""Numbers of running text: what each is, what it is about, of which year."""

from fiscograph.forms.narrative.figures import Figure, Role
from fiscograph.forms.narrative.reader import Telling, read_prose
from fiscograph.forms.narrative.subjects import Family, Subject, Subjects, load_subjects
from fiscograph.forms.narrative.told import ToldAmount, told_amounts
from fiscograph.forms.narrative.torn import is_torn, torn_marks
from fiscograph.forms.narrative.words import ProseWords, load_prose

__all__ = [
    "Family",
    "Figure",
    "ProseWords",
    "Role",
    "Subject",
    "Subjects",
    "Telling",
    "ToldAmount",
    "is_torn",
    "load_prose",
    "load_subjects",
    "read_prose",
    "told_amounts",
    "torn_marks",
]
