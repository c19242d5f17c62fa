"""The bundle's `install` and `uninstall`, in a home folder of their own."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from itband_gui import __version__

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging/linux"
METAINFO = LINUX / "io.github.itband_gui.metainfo.xml"


class User:
    """Somebody with a home folder, who runs the scripts."""

    def __init__(self, home: Path, data: Path | None = None) -> None:
        self.home = home
        self.data = data or home / ".local/share"
        self.environ = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        if data:
            self.environ["XDG_DATA_HOME"] = str(data)

    def run(self, *command: Path | str) -> str:
        return self._do(command, check=True).stdout

    def is_refused(self, script: Path) -> str:
        done = self._do([script], check=False)
        assert (done.returncode, done.stdout) == (2, "")
        return done.stderr

    def _do(
        self, command: Sequence[Path | str], *, check: bool
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*command],
            env=self.environ,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=check,
            timeout=300,
        )

    def has(self) -> set[str]:
        return {str(file.relative_to(self.home)) for file in self.home.rglob("*")}


@pytest.fixture(params=["here", "elsewhere"])
def user(request: pytest.FixtureRequest, tmp_path: Path) -> User:
    home = tmp_path / "a home, 100 % Ann's"
    home.mkdir()
    return User(home, home / "my data" if request.param == "elsewhere" else None)


def _validator(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None and os.environ.get("CI"):
        pytest.fail(f"{name} must be here: apt install {package}")
    if found is None:
        pytest.skip(f"apt install {package}")
    return found


def test_installed_it_starts_by_its_name_and_is_in_the_menu(bundle: Path, user: User) -> None:
    user.run(bundle / "install")
    link = user.home / ".local/bin/itband-gui"
    assert user.run(link, "--version") == f"itband-gui {__version__}\n"
    entry = user.data / "applications/itband-gui.desktop"
    line = next(s for s in entry.read_text("utf-8").splitlines() if s.startswith("Exec="))
    [command] = shlex.split(line.removeprefix("Exec=").replace("\\\\", "\\"))
    assert Path(command.replace("%%", "%")).samefile(link)
    assert (user.data / "icons/hicolor/scalable/apps/itband-gui.svg").is_file()
    assert (user.data / "icons/hicolor/48x48/apps/itband-gui.png").is_file()
    validate = _validator("desktop-file-validate", "desktop-file-utils")
    assert user.run(validate, entry) == ""


def test_uninstalled_it_leaves_the_journal_and_no_other_trace(bundle: Path, user: User) -> None:
    user.run(bundle / "install")
    installed = user.home / ".local/opt/itband-gui"
    user.run(installed / "itband-gui", "journal", "add", "--leg", "left", "--score", "4")
    for name in ("log.txt", "log.1.txt", "fatal.txt", "window.geometry"):
        file = user.home / ".local/state/itband-gui" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    user.run(installed / "uninstall")
    left = {name for name in user.has() if "itband-gui" in Path(name).parts}
    journal = user.data.relative_to(user.home) / "itband-gui/journal.json"
    assert str(journal) in left
    ours = user.data.relative_to(user.home) / "itband-gui"
    parents = {str(ours), *(str(parent) for parent in ours.parents)}
    assert all(Path(name).is_relative_to(ours) or name in parents for name in user.has())


def test_uninstalled_without_a_journal_it_leaves_what_is_remembered_of_one(
    bundle: Path, user: User
) -> None:
    user.run(bundle / "install")
    installed = user.home / ".local/opt/itband-gui"
    user.run(installed / "itband-gui", "journal", "add", "--leg", "left", "--score", "4")
    (user.data / "itband-gui/journal.json").unlink()
    user.run(installed / "uninstall")
    assert list((user.home / ".local/state/itband-gui/acknowledged").glob("*.log"))


def test_installed_again_it_is_the_new_one_and_goes_as_whole(bundle: Path, user: User) -> None:
    user.run(bundle / "install")
    installed = user.home / ".local/opt/itband-gui"
    (installed / "of an older version").touch()
    before = user.has()
    user.run(bundle / "install")
    relative = installed.relative_to(user.home)
    assert before - user.has() == {str(relative / "of an older version")}
    user.run(installed / "uninstall")
    assert user.has() <= {str(p) for p in user.data.relative_to(user.home).parents} | {"my data"}


def test_what_is_not_ours_stays(bundle: Path, user: User) -> None:
    others = [
        user.home / ".local/bin/other",
        user.data / "applications/other.desktop",
        user.data / "icons/hicolor/48x48/apps/other.png",
    ]
    for other in others:
        other.parent.mkdir(parents=True, exist_ok=True)
        other.touch()
    before = user.has()
    user.run(bundle / "install")
    user.run(user.home / ".local/opt/itband-gui/uninstall")
    assert user.has() == before


def test_while_it_is_open_it_is_neither_replaced_nor_removed(bundle: Path, user: User) -> None:
    user.run(bundle / "install")
    installed = user.home / ".local/opt/itband-gui"
    before = user.has()
    pipe = subprocess.PIPE
    with subprocess.Popen(  # which stays until its input ends
        [installed / "itband-gui", "keep-awake-child", "IT Band Guide", "a session"],
        env=user.environ,
        stdin=pipe,
        stdout=pipe,
    ) as program:
        assert program.stdout
        assert program.stdout.readline()
        told = "IT Band Guide is open. Close it, then try again.\n"
        assert user.is_refused(bundle / "install") == told
        assert user.is_refused(installed / "uninstall") == told
        assert user.has() == before
    user.run(bundle / "install")
    user.run(installed / "uninstall")
    assert not installed.exists()


def test_unpacked_where_it_belongs_it_is_put_into_the_menu(bundle: Path, user: User) -> None:
    installed = user.home / ".local/opt/itband-gui"
    shutil.copytree(bundle, installed, symlinks=True)
    user.run(installed / "install")
    assert user.run(user.home / ".local/bin/itband-gui", "--version")
    assert (user.data / "applications/itband-gui.desktop").is_file()


def test_the_command_of_another_installation_stays(bundle: Path, user: User) -> None:
    command = user.home / ".local/bin/itband-gui"
    command.parent.mkdir(parents=True)
    command.symlink_to("../share/uv/tools/itband-gui/bin/itband-gui")
    before = user.has()
    assert "another installation" in user.is_refused(bundle / "install")
    user.run(bundle / "uninstall")
    assert user.has() == before


def test_uninstalling_what_is_not_there_changes_nothing(bundle: Path, user: User) -> None:
    user.run(bundle / "uninstall")
    user.run(bundle / "uninstall")
    assert user.has() == set()


def test_the_menu_entry_is_sound() -> None:
    validate = _validator("desktop-file-validate", "desktop-file-utils")
    told = subprocess.run(
        [validate, LINUX / "itband-gui.desktop"], capture_output=True, check=False, timeout=300
    )
    assert (told.returncode, told.stdout) == (0, b"")


def test_what_software_centres_show_is_sound() -> None:
    validate = _validator("appstreamcli", "appstream")
    told = subprocess.run(
        [validate, "validate", "--no-net", METAINFO],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert told.returncode == 0, told.stdout
    assert f'version="{__version__}"' in METAINFO.read_text("utf-8")
