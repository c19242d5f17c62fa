from pathlib import Path

import pytest

from itband_gui.folders import VARIABLE, data_dir


def test_the_option_comes_before_the_variable(tmp_path: Path) -> None:
    assert data_dir(tmp_path / "a", {VARIABLE: str(tmp_path / "b")}) == tmp_path / "a"


def test_the_variable_comes_before_the_platform(tmp_path: Path) -> None:
    assert data_dir(None, {VARIABLE: str(tmp_path / "b")}) == tmp_path / "b"


@pytest.mark.parametrize("environ", [{}, {VARIABLE: ""}])
def test_else_it_is_a_folder_of_our_name_in_the_platform_s_data_folder(
    environ: dict[str, str],
) -> None:
    folder = data_dir(None, environ)
    assert folder.is_absolute()
    assert "itband-gui" in folder.parts


def test_a_relative_folder_is_meant_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert data_dir(Path(), {}) == tmp_path
    assert data_dir(None, {VARIABLE: "sub"}) == tmp_path / "sub"
