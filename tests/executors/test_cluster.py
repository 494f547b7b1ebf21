"""A Dask cluster grades as local processes do, whatever ends in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import dask.config
import psutil
import pytest
from distributed import Client, Security
from support.canonical import canonical
from support.clusters import remote
from support.grading_processes import job, points
from support.handed import InMemory
from support.small import (
    command,
    descendants,
    handed_in,
    on_disk,
    plain_environment,
    recorded,
    running,
)
from support.walls import BEST

from grader.classroom.grade_class import Options, grade_class
from grader.course.course import Course
from grader.errors import ExecutorError, UsageError
from grader.executors import Executor, Setup
from grader.executors.cluster import Cluster, _connected
from grader.gradebook import Gradebook

pytestmark = pytest.mark.unmeasured

CLASS = [
    handed_in(f"student-{n:02}", twice=twice) for n, twice in enumerate(("2", "Z", "1 + ", "exit()", "3"))
]


def told(course: Course, out: Path, executor: Executor | None) -> bytes:
    """Grade the class and return the canonical gradebook."""
    grade_class(InMemory(CLASS), course, out, Options(jobs=1, executor=executor))
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        return canonical(book)


def test_a_cluster_elsewhere_writes_the_gradebook_of_local_processes(course: Course, tmp_path: Path) -> None:
    here = told(course, tmp_path / "here", None)
    with remote(tmp_path, workers=2) as there:
        assert told(course, tmp_path / "there", Cluster(there.url)) == here


def test_a_local_cluster_grades_at_the_terminal_and_says_no_more_than_processes_do(
    course: Course, tmp_path: Path
) -> None:
    handed = on_disk(tmp_path / "in", CLASS)
    words = command("grade", handed, "--out", tmp_path / "out", "--jobs", 1, "--course", course.root)
    seed = plain_environment() | {"GRADER_SEED": "5"}
    done = subprocess.run([*words, "--cluster", "local:2"], env=seed, capture_output=True, text=True)
    said = f"5 submissions graded, sandbox level {BEST}.\n"
    said += "2 failing answers without a known cause searched; for 1 a small change helps.\n"
    said += "1 more were left out: --repairs all searches them, too.\n"
    said += "Needs you: a wrong answer with no known cause: student-01.\n"
    said += f"Class page: {tmp_path}/out/index.html\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, said, "")
    again = subprocess.run([*words, "--cluster", "tcp://nowhere:1"], env=seed, capture_output=True, text=True)
    assert (again.returncode, again.stderr) == (0, "")  # nothing is left to grade: nobody is asked


def test_files_in_the_current_folder_are_not_loaded_by_a_local_cluster(
    course: Course, tmp_path: Path
) -> None:
    handed = on_disk(tmp_path / "in", CLASS[:1])
    here = tmp_path / "here"
    here.mkdir()
    for name in ("numpy", "pickle", "selectors", "signal", "socket", "tempfile", "threading", "warnings"):
        (here / f"{name}.py").write_text(f"open('loaded', 'a').write('{name} ')\n")
    words = ["grade", handed, "--out", tmp_path / "out", "--course", course.root, "--cluster", "local:1"]
    script = Path(sys.executable).with_name("grader")
    done = subprocess.run([script, *map(str, words)], cwd=here, env=plain_environment(), capture_output=True)
    assert (done.returncode, (here / "loaded").exists()) == (0, False)


def test_ctrl_c_in_a_terminal_is_the_coordinators_to_act_on(course: Course, tmp_path: Path) -> None:
    handed = on_disk(tmp_path / "in", [handed_in(f"student-{n:02}") for n in range(20)])
    words = command("grade", handed, "--out", tmp_path / "out", "--course", course.root)
    environment = plain_environment() | {"GRADER_SEED": "5"}
    run = subprocess.Popen(
        [*words, "--cluster", "local:2"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while run.poll() is None and recorded(tmp_path / "out") < 3:
        time.sleep(0.01)  # until it is in the middle
    below = list(descendants(run.pid))
    for pid in below:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
    assert (len(below) > 2, run.communicate()[1], run.returncode) == (True, b"", 0)


@pytest.mark.parametrize(
    ("moment", "number", "code"),
    [(3, signal.SIGINT, 130), (0, signal.SIGTERM, 143)],
)
@pytest.mark.soak
def test_a_signal_ends_a_local_cluster_with_one_sentence_and_leaves_no_process(
    course: Course, tmp_path: Path, moment: int, number: signal.Signals, code: int
) -> None:
    handed = on_disk(tmp_path / "in", [handed_in(f"student-{n:02}") for n in range(60)])
    words = command("grade", handed, "--out", tmp_path / "out", "--course", course.root)
    seed = plain_environment() | {"GRADER_SEED": "5"}
    run = subprocess.Popen(
        [*words, "--cluster", "local:2"], env=seed, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while not (below := list(descendants(run.pid))) or recorded(tmp_path / "out") < moment:
        time.sleep(0.01)  # until it is starting its workers, or in the middle
    run.send_signal(number)  # to the grader alone: its workers hear nothing of it
    said = "Interrupted; what was graded is kept. The same command goes on from here.\n"
    assert (*run.communicate(), run.returncode) == (said, "", code)
    while running(below):
        time.sleep(0.01)  # until they have ended


def test_a_cluster_that_is_not_there_is_one_sentence(setup: Setup) -> None:
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(ExecutorError) as raised:
        list(Cluster("tcp://127.0.0.1:9").run(setup, [job(0)]))
    assert str(raised.value) == (
        "The cluster tcp://127.0.0.1:9 is not available: "
        "Timed out trying to connect to tcp://127.0.0.1:9 after 1 s."
    )


def test_a_cluster_with_certificates_grades(setup: Setup, tmp_path: Path) -> None:
    made = Security.temporary()
    texts = {"ca": made.tls_ca_file, "cert": made.tls_client_cert, "key": made.tls_client_key}
    paths = {name: tmp_path / f"{name}.pem" for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name])
    options = ["--tls-ca-file", paths["ca"], "--tls-cert", paths["cert"], "--tls-key", paths["key"]]
    own = {"ca-file": paths["ca"], "client.cert": paths["cert"], "client.key": paths["key"]}
    with (
        remote(tmp_path, workers=1, options=["--protocol", "tls", *options]) as there,
        dask.config.set({f"distributed.comm.tls.{name}": str(path) for name, path in own.items()}),
    ):
        assert there.url.startswith("tls://")
        assert points(Cluster(there.url).run(setup, [job(0)])) == {0: 8}


def test_certificates_that_are_not_named_are_one_sentence(setup: Setup) -> None:
    with pytest.raises(UsageError) as raised:
        list(Cluster("tls://127.0.0.1:9").run(setup, [job(0)]))
    assert str(raised.value) == (
        "tls://127.0.0.1:9 needs certificates; Dask's own settings name them, see docs/cluster.md."
    )


def test_strangers_on_this_machine_cannot_talk_to_a_local_cluster() -> None:
    with _connected("local:1") as ours:
        url = ours.scheduler.address
        us = [psutil.Process(), *psutil.Process().children(recursive=True)]
        links = [link for one in us for link in one.net_connections("tcp")]
        assert {link.laddr.ip for link in links if link.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
        with pytest.raises(OSError, match=r"^TLS certificate does not match"):
            Client(url, security=Security.temporary(), timeout=1)
        assert ours.submit(sum, [1, 2]).result() == 3


@pytest.mark.parametrize("url", ["local:0", "local:x", "tcp://host", "http://host:1", "4"])
def test_an_address_that_is_none_is_wrong_use(url: str) -> None:
    forms = "local:4, tcp://host:8786 or tls://host:8786"
    with pytest.raises(UsageError) as raised:
        Cluster(url)
    assert str(raised.value) == f"--cluster is {url!r}; expected a form such as {forms}."


def test_without_the_extra_one_line_says_what_to_install(course: Course, tmp_path: Path) -> None:
    handed = on_disk(tmp_path / "in", CLASS[:1])
    hidden = "import sys; sys.modules['distributed'] = None; from grader.cli import main; main()"
    words = ["grade", handed, "--out", tmp_path / "out", "--cluster", "local:2", "--course", course.root]
    done = subprocess.run(
        [sys.executable, "-P", "-c", hidden, *map(str, words)],
        env=plain_environment() | {"GRADER_SEED": "5"},
        capture_output=True,
        text=True,
    )
    sentence = "grader: --cluster needs Dask: pip install 'grader-kit[cluster]'.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence)


def test_dask_costs_nothing_where_no_cluster_is_asked_for() -> None:
    code = (
        "import sys, grader.cli.instructor, grader.classroom.grade_class;"
        " print({'dask', 'distributed'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
