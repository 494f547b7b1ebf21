"""Modules import in one direction: no circle, few at the top; the page shows every package on its line."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "grader"
LAYERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
    "layers"
]


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = grimp.build_graph("grader", exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(list(TopologicalSorter(imports).static_order())) == len(imports)  # raises if there is a circle


def test_the_top_of_the_package_has_few_modules() -> None:
    top = sorted(path.stem for path in PACKAGE.glob("*.py"))
    assert top == ["__init__", "__main__", "errors", "interrupts", "resources"]


def test_the_tests_of_each_module_stand_at_its_path() -> None:
    modules = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if not path.name.startswith("__")]
    modules = [module for module in modules if "suite" not in module.parts]  # what pytest collects to grade
    tests = [ROOT / "tests" / module.parent / f"test_{module.name}" for module in modules]
    assert [test for test in tests if not test.exists()] == []


def test_the_page_shows_each_package_on_its_line() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text().split("\n")
    lines = [line.split("|")[2] for line in page if line.startswith("| ") and line[2].isdigit()]
    assert [set(line.split("`")[1::2]) for line in lines] == [set(layer.split(" | ")) for layer in LAYERS]
    packages = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert packages <= {name for layer in LAYERS for name in layer.split(" | ")}
    assert [name for name in packages if not any(line.startswith(f"**{name}** ") for line in page)] == []


def test_an_import_of_what_stands_above_breaks_the_contract(tmp_path: Path) -> None:
    for layer in ("upper", "lower"):
        (tmp_path / "grader" / layer).mkdir(parents=True)
        (tmp_path / "grader" / layer / "__init__.py").write_text("")
    (tmp_path / "grader" / "__init__.py").write_text("")
    config = '[tool.importlinter]\nroot_package = "grader"\n[[tool.importlinter.contracts]]\n'
    config += 'name = "one"\ntype = "layers"\ncontainers = ["grader"]\nlayers = ["upper", "lower"]\n'
    (tmp_path / "pyproject.toml").write_text(config)
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    codes = []
    for text in ("", "import grader.upper\n"):
        (tmp_path / "grader" / "lower" / "__init__.py").write_text(text)
        codes.append(subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode)
    assert codes == [0, 1]
