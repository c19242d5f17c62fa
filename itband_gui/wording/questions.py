"""The questions that are due now, as whole sentences."""

from datetime import date

from itband_gui.insight.questions import (
    NIGHT_SIGN,
    MorningQuestion,
    NewSignQuestion,
    RunQuestion,
    SignQuestion,
)
from itband_gui.journal.entries import Rating
from itband_gui.leg.names import Leg, Place
from itband_gui.wording.counts import of_ten
from itband_gui.wording.signs import sign_text
from itband_gui.wording.translation import translate
from itband_gui.wording.when import day_by_today, on_day

Question = MorningQuestion | RunQuestion | NewSignQuestion | SignQuestion


def question_text(question: Question, today: date) -> str:
    """Return a question as a sentence."""
    match question:
        case MorningQuestion():
            return _morning(question)
        case RunQuestion():
            if day_by_today(question.run, today) == today:
                return translate("Question", "How sore did it get on today’s run?")
            return translate("Question", "How sore did it get on yesterday’s run?")
        case NewSignQuestion():
            return _new_sign(question, today)
        case SignQuestion():
            return translate("Question", "Any change? {sign}").format(
                sign=sign_text(question.sign.sign)
            )


def _morning(question: MorningQuestion) -> str:
    if question.leg is Leg.LEFT:
        return translate(
            "Question", "How sore was your left leg this morning, on your first steps?"
        )
    return translate("Question", "How sore was your right leg this morning, on your first steps?")


def _marked(rating: Rating) -> str:
    """Return the question on a marked place; it names the leg, as Yes opens the sign there."""
    if Place.OUTER_HIP in rating.places:
        if rating.leg is Leg.LEFT:
            return translate(
                "Question", "You marked your left outer hip {day}. Does this fit? {sign}"
            )
        return translate("Question", "You marked your right outer hip {day}. Does this fit? {sign}")
    if rating.leg is Leg.LEFT:
        return translate(
            "Question", "You marked “somewhere else” on your left leg {day}. Does this fit? {sign}"
        )
    return translate(
        "Question", "You marked “somewhere else” on your right leg {day}. Does this fit? {sign}"
    )


def _new_sign(question: NewSignQuestion, today: date) -> str:
    rating = question.rating
    if question.sign_id == NIGHT_SIGN:
        if rating.leg is Leg.LEFT:
            text = translate(
                "Question", "Your left leg was at {score} {day}. Does this fit? {sign}"
            )
        else:
            text = translate(
                "Question", "Your right leg was at {score} {day}. Does this fit? {sign}"
            )
    else:
        text = _marked(rating)
    return text.format(
        score=of_ten(rating.score),
        day=on_day(day_by_today(rating, today), today),
        sign=sign_text(question.sign_id),
    )
