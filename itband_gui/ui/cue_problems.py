"""The sentences for what is wrong with the machine's sound, and for what may help."""

from PySide6.QtCore import QCoreApplication

from itband_gui.cues.problems import Problem
from itband_gui.cues.sound_check import Remedy


def problem_text(problem: Problem, *, speaks: bool = True) -> str:
    """Return one plain line: what is missing, and what is heard instead.

    Args:
        problem: what is wrong.
        speaks: whether any voice is left.

    """
    texts = _PROBLEMS if speaks else _PROBLEMS | _SILENT
    return texts[problem]()


def remedy_text(remedy: Remedy) -> str:
    """Return one thing to try."""
    return _REMEDIES[remedy]()


_PROBLEMS = {
    Problem.NO_SPEECH: lambda: QCoreApplication.translate(
        "CueProblems",
        "This computer has no speech service that could be started; "
        "the recorded voice speaks instead.",
    ),
    Problem.SPEECH_HANGS: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service does not answer; the recorded voice speaks instead.",
    ),
    Problem.SPEECH_BROKE: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service stopped; the recorded voice speaks instead.",
    ),
    Problem.SPEECH_SILENT: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service makes no sound; the recorded voice speaks instead.",
    ),
    Problem.NO_PHRASES: lambda: QCoreApplication.translate(
        "CueProblems", "The recorded phrases are missing; tones guide you instead."
    ),
    Problem.NO_SOUND_LIBRARY: lambda: QCoreApplication.translate(
        "CueProblems",
        "A sound library is missing, so there are no tones and no recorded voice.",
    ),
    Problem.NO_SOUND_DEVICE: lambda: QCoreApplication.translate(
        "CueProblems", "There is nothing to play sound on; follow the session on the screen."
    ),
    Problem.SOUND_HANGS: lambda: QCoreApplication.translate(
        "CueProblems", "The computer's sound does not answer; there are no tones."
    ),
    Problem.SOUND_BROKE: lambda: QCoreApplication.translate(
        "CueProblems", "The computer's sound stopped; there are no tones."
    ),
}

# Where no voice is left to speak instead.
_SILENT = {
    Problem.NO_SPEECH: lambda: QCoreApplication.translate(
        "CueProblems",
        "This computer has no speech service, so no voice speaks; follow the screen.",
    ),
    Problem.SPEECH_HANGS: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service does not answer, so no voice speaks; follow the screen.",
    ),
    Problem.SPEECH_BROKE: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service stopped, so no voice speaks; follow the screen.",
    ),
    Problem.SPEECH_SILENT: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's speech service makes no sound, so no voice speaks; follow the screen.",
    ),
    Problem.NO_PHRASES: lambda: QCoreApplication.translate(
        "CueProblems",
        "The recorded phrases are missing, so no voice speaks; follow the tones and the screen.",
    ),
    Problem.NO_SOUND_LIBRARY: lambda: QCoreApplication.translate(
        "CueProblems",
        "A sound library is missing, so no voice speaks; follow the screen.",
    ),
    Problem.SOUND_HANGS: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's sound does not answer, so no voice speaks; follow the screen.",
    ),
    Problem.SOUND_BROKE: lambda: QCoreApplication.translate(
        "CueProblems",
        "The computer's sound stopped, so no voice speaks; follow the screen.",
    ),
}

_REMEDIES = {
    Remedy.TURN_UP: lambda: QCoreApplication.translate(
        "CueProblems", "Turn up the computer, and this program where the desktop lists programs."
    ),
    Remedy.OTHER_OUTPUT: lambda: QCoreApplication.translate(
        "CueProblems", "Choose another output in the desktop's sound settings."
    ),
    Remedy.OTHER_SOURCE: lambda: QCoreApplication.translate(
        "CueProblems", "Choose the recorded voice here."
    ),
    Remedy.INSTALL_SPEECH: lambda: QCoreApplication.translate(
        "CueProblems",
        "Install the speech service with its audio plug-in; "
        "`itband-gui doctor` names the packages.",
    ),
    Remedy.RESTART_SPEECH: lambda: QCoreApplication.translate(
        "CueProblems", "Log out and in again, so that the speech service starts anew."
    ),
    Remedy.INSTALL_SOUND: lambda: QCoreApplication.translate(
        "CueProblems", "Install the sound library; `itband-gui doctor` names the package."
    ),
    Remedy.PLUG_IN: lambda: QCoreApplication.translate(
        "CueProblems", "Connect speakers or headphones, then start the session again."
    ),
    Remedy.INSTALL_AGAIN: lambda: QCoreApplication.translate(
        "CueProblems", "Install the program again; some of its own files are missing."
    ),
    Remedy.CHOOSE_SOUND: lambda: QCoreApplication.translate(
        "CueProblems", "Silence is chosen; choose a voice or tones."
    ),
}
