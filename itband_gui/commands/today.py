"""Runs `today`, which prints the light for running, its reasons and the massage advice; no Qt."""

import argparse
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from itband_gui.commands.opened import absent, gone, has_copies, opened
from itband_gui.commands.shared import journal_file, show_line, store_of
from itband_gui.insight.lookback import relevant_entries
from itband_gui.insight.massage import MassageAdvice, massage_advice
from itband_gui.insight.questions import Due, due
from itband_gui.insight.readiness import Verdict, readiness, without_repeats
from itband_gui.insight.reasons import Readiness
from itband_gui.journal.safe_file import read_file
from itband_gui.journal.store import LoadCode
from itband_gui.leg.names import Leg
from itband_gui.machine.folders import SETTINGS_FILE
from itband_gui.machine.local_clock import local_now
from itband_gui.machine.terminal import FAILED, say
from itband_gui.safety.signs import Safety, load_safety
from itband_gui.wording.counts import missing_text
from itband_gui.wording.massage import barred_text, massage_headline
from itband_gui.wording.questions import question_text
from itband_gui.wording.readiness import advice, change_text, headline, massage_text, meaning
from itband_gui.wording.reasons import reason_text
from itband_gui.wording.signs import sign_action

# As written by QSettings: a quoted value with line breaks as "\n".
_PUT_AWAY = re.compile(r'^put-away="?(.*?)"?\r?$', re.MULTILINE)
_SETTINGS_LIMIT = 1 << 20  # bytes; as in the window


class TodayReport(msgspec.Struct, frozen=True):
    """Everything that Today shows at a moment."""

    moment: datetime
    verdict: Verdict
    due: Due
    massage: MassageAdvice
    safety: Safety


def run(args: argparse.Namespace) -> int:
    """Print the light as the window shows it, as text or JSON."""
    path, moment = journal_file(args), args.at or local_now()
    loaded = opened(store_of(path))
    if loaded.code is LoadCode.UNREADABLE:
        say(absent(path, loaded))
        return FAILED
    if loaded.code is LoadCode.NEW and has_copies(path):
        say(gone(path))
    safety, put_away = load_safety(), _put_away(path.parent / SETTINGS_FILE)
    entries = relevant_entries(list(loaded.book), moment)
    verdict = without_repeats(readiness(entries, moment, safety), moment.date(), put_away)
    told = TodayReport(
        moment,
        verdict,
        due(entries, moment, put_away, safety),
        massage_advice(entries, moment, safety),
        safety,
    )
    if args.json:
        show_line(msgspec.json.encode(_fields(told)).decode())
    else:
        for line in _lines(told):
            show_line(line)
    if loaded.code is LoadCode.DAMAGED:
        say(f"{path} is damaged. This is what can be read. See journal check.")
        return FAILED
    return 0


def _put_away(settings: Path) -> tuple[str, ...]:
    """Return the keys of items that were put away in the window."""
    try:
        data, _ = read_file(settings, _SETTINGS_LIMIT)
        found = _PUT_AWAY.search(data.decode("utf-8"))
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(found[1].split("\\n")) if found else ()


def _fields(told: TodayReport) -> Mapping[str, Any]:
    """Return the fields for scripts; every sentence comes with its code."""
    today, verdict = told.moment.date(), told.verdict
    return {
        "at": told.moment,
        "light": verdict.light,
        "meaning": meaning(verdict),
        "reasons": _reason_fields(verdict, today),
        "missing": [
            {
                "code": missing.shortfall.what,
                "leg": missing.leg,
                "sentence": missing_text(missing),
            }
            for missing in verdict.missing
        ],
        "due": [
            {"code": code, "sentence": question_text(question, today), "key": question.key}
            for code, questions in _questions(told.due).items()
            for question in questions
        ],
        "massage": _massage_fields(told),
        "leave_out": [sign_action(sign) for sign in told.massage.leave_out],
        "signs": [
            {
                "id": sign.entry.sign,
                "standing": sign.standing,
                "leg": sign.entry.leg,
                "entry": sign.entry.id,
                "action": sign_action(sign),
            }
            for sign in verdict.signs
        ],
        "advice": advice(verdict),
    }


def _reason_fields(verdict: Verdict, today: date) -> list[Mapping[str, Any]]:
    return [
        {
            "code": reason.cause,
            "light": reason.light,
            "leg": reason.leg,
            "sentence": reason_text(reason, today),
            "change": change_text(reason, today),
            "until": reason.until,
            "entries": [entry.id for entry in reason.entries],
        }
        for reason in verdict.reasons
    ]


def _massage_fields(told: TodayReport) -> Mapping[str, Any]:
    massage = told.massage
    return {
        "allowed": massage.allowed,
        "legs": {leg: leg in massage.free_legs for leg in Leg},
        "headline": massage_headline(massage),
        "reasons": [
            {
                "code": barred.bar,
                "legs": barred.legs,
                "until": barred.until,
                "sentence": barred_text(barred, told.moment, told.safety),
                "entries": [entry.id for entry in barred.entries],
            }
            for barred in massage.barred
        ],
    }


def _questions(what: Due) -> Mapping[str, tuple[Any, ...]]:
    return {
        "morning": what.mornings,
        "run": (what.run,) if what.run else (),
        "new-sign": what.new_signs,
        "sign": what.signs,
    }


def _lines(told: TodayReport) -> list[str]:
    """Return the lines for a person."""
    today, verdict = told.moment.date(), told.verdict
    lines = [f"{headline(verdict.light)}. {meaning(verdict)}"]
    lines += [f"- {reason_text(reason, today)}" for reason in verdict.deciding]
    if verdict.light is Readiness.UNKNOWN:
        lines += [f"- {missing_text(missing)}" for missing in verdict.missing]
    for sign in verdict.signs:
        if sign.is_open:
            lines.append(sign_action(sign))
    lines += advice(verdict)
    lines.append(f"{massage_headline(told.massage)}. {massage_text()}")
    lines += [f"- {barred_text(each, told.moment, told.safety)}" for each in told.massage.barred]
    for questions in _questions(told.due).values():
        lines += [f"? {question_text(question, today)}" for question in questions]
    return lines
