"""A Dask cluster grades as local processes do, whatever ends in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count, islice
from pathlib import Path

import dask.config
import psutil
import pytest
from distributed import Client, Security
from support.canonical import canonical
from support.clusters import Remote, remote
from support.handed import InMemory
from support.small import (
    author,
    command,
    descendants,
    handed_in,
    on_disk,
    plain_environment,
    recorded,
    running,
    small_course,
)
from support.walls import BEST

from grader.classroom import grade_job
from grader.classroom.grade_class import Options, grade_class
from grader.classroom.grade_job import Order
from grader.classroom.grade_job import result as decode
from grader.course.course import Course
from grader.errors import ExecutorError, UsageError
from grader.executors import Done, Executor, Job, Setup
from grader.executors.cluster import Cluster, _connected
from grader.executors.jobs import encode
from grader.gradebook import Gradebook
from grader.sandbox import Limits

pytestmark = pytest.mark.unmeasured

EVERY = frozenset(("twice", "thrice"))
CLASS = [
    handed_in(f"student-{n:02}", twice=twice) for n, twice in enumerate(("2", "Z", "1 + ", "exit()", "3"))
]
ENDS_ITS_WORKER = """
import os

def twice(Z):
    pid = os.getpid()
    while True:
        with open(f"/proc/{pid}/stat") as stream:
            pid = int(stream.read().rpartition(")")[2].split()[1])
        with open(f"/proc/{pid}/cmdline", "rb") as stream:
            if b"/dask\\0worker\\0" in stream.read():
                os.kill(pid, 9)
"""
"""Without walls, a submission finds the Dask worker above its grading process."""


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Remote]:
    with remote(tmp_path_factory.mktemp("cluster"), workers=2) as there:
        yield there


def setup_of(course: Course, level: str = BEST) -> Setup:
    return grade_job.setup(course, course.tasks(), lesson="", seed="", level=level, limits=Limits())[0]


def job(key: int, **files: str) -> Job:
    return Job(key, encode(Order(submission=handed_in(f"student-{key:02}", **files), slugs=EVERY)))


def poison(key: int) -> Job:
    submission = handed_in(f"student-{key:02}")
    files = dict(submission.files) | {"twice.py": ENDS_ITS_WORKER.encode()}
    return Job(key, encode(Order(submission=type(submission)(submission.student, files), slugs=EVERY)))


def points(found: Iterator[Done]) -> dict[int, float | str]:
    """Return by job the points, or why it was given up."""
    return {done.key: done.fault or decode(done.payload).points for done in found}


def told(course: Course, out: Path, executor: Executor | None) -> bytes:
    """Grade the class and return the canonical gradebook."""
    grade_class(InMemory(CLASS), course, out, Options(jobs=1, executor=executor))
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        return canonical(book)


def test_a_cluster_elsewhere_writes_the_gradebook_of_local_processes(
    course: Course, cluster: Remote, tmp_path: Path
) -> None:
    here = told(course, tmp_path / "here", None)
    assert told(course, tmp_path / "there", Cluster(cluster.url)) == here


def test_a_local_cluster_grades_at_the_terminal_and_says_no_more_than_processes_do(
    course: Course, tmp_path: Path
) -> None:
    handed = on_disk(tmp_path / "in", CLASS)
    words = command("grade", handed, "--out", tmp_path / "out", "--jobs", 1, "--course", course.root)
    seed = plain_environment() | {"GRADER_SEED": "5"}
    done = subprocess.run([*words, "--cluster", "local:2"], env=seed, capture_output=True, text=True)
    said = f"5 submissions graded, sandbox level {BEST}.\nClass page: {tmp_path}/out/index.html\n"
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


def test_a_worker_killed_in_the_middle_loses_nothing(course: Course, tmp_path: Path) -> None:
    slow = [job(n, twice="[Z := Z * 1.0 for _ in range(3000)] and 2") for n in range(8)]
    with remote(tmp_path, workers=2) as there:
        found = Cluster(there.url).run(setup_of(course), slow)
        first = next(found)
        there.workers[0].kill()
        assert points(iter([first, *found])) == dict.fromkeys(range(8), 8)


def test_a_submission_that_ends_grading_processes_costs_no_worker(course: Course, cluster: Remote) -> None:
    jobs = [job(0), Job(1, b"no order"), job(2)]
    assert points(Cluster(cluster.url).run(setup_of(course), jobs)) == {
        0: 8,
        1: "ValidationError: Expected `object`, got `int`",
        2: 8,
    }
    assert [worker.poll() for worker in cluster.workers] == [None, None]


@pytest.mark.parametrize("allowed_failures", ["0", pytest.param("3", marks=pytest.mark.soak)])
def test_a_submission_that_ends_two_workers_is_given_up_and_its_neighbours_are_not(
    course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed_failures: str
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", allowed_failures)
    jobs = [poison(n) if n == 2 else job(n) for n in range(12)]
    with remote(tmp_path, workers=3) as there:
        found = points(Cluster(there.url).run(setup_of(course, "none"), jobs))
        left = sum(worker.poll() is None for worker in there.workers)
    assert (found, left) == (dict.fromkeys(range(12), 8) | {2: "two processes in a row ended over it"}, 1)


def test_few_jobs_are_in_the_cluster_at_a_time(course: Course, cluster: Remote) -> None:
    drawn = count()
    found = Cluster(cluster.url).run(setup_of(course), (job(next(drawn)) for _ in range(10**9)))
    for _ in range(5):
        next(found)
    found.close()  # type: ignore[attr-defined]  # a generator
    assert next(drawn) <= 32 + 5 + 1


@pytest.mark.soak
def test_workers_may_come_later_and_a_run_without_any_says_so(course: Course, tmp_path: Path) -> None:
    said: list[str] = []
    with remote(tmp_path, workers=0) as there:

        def say(sentence: str) -> None:
            said.append(sentence)
            there.add_worker()

        found = Cluster(there.url, say=say).run(setup_of(course), (job(n) for n in range(10**9)))
        assert points(islice(found, 1)) == {0: 8}
        there.workers[0].kill()
        there.workers[0].wait()
        rest = points(islice(found, 40))
        assert (len(rest), set(rest.values())) == (40, {8})
    assert said == ["The cluster has no workers; grading goes on with the next."] * 2


def test_a_worker_with_the_course_in_another_place_is_told_by_its_environment(
    course: Course, tmp_path: Path
) -> None:
    elsewhere = small_course(tmp_path / "elsewhere")
    setup = setup_of(elsewhere)
    (tmp_path / "elsewhere").rename(tmp_path / "moved")
    with remote(tmp_path, workers=0) as there:
        there.add_worker(GRADER_COURSE=str(tmp_path / "moved"))
        assert points(Cluster(there.url).run(setup, [job(0)])) == {0: 8}


def test_a_worker_with_another_course_does_not_grade(cluster: Remote, tmp_path: Path) -> None:
    course = small_course(tmp_path)
    setup = setup_of(course)
    author(course.root, "twice", 7)
    with pytest.raises(ExecutorError) as raised:
        list(Cluster(cluster.url).run(setup, [job(0)]))
    assert str(raised.value) == (
        "A worker of the cluster cannot grade: The exercises are not those that grading began with: "
        "they, grader-kit, Python or numpy differ."
    )


def test_a_cluster_that_is_not_there_is_one_sentence(course: Course) -> None:
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(ExecutorError) as raised:
        list(Cluster("tcp://127.0.0.1:9").run(setup_of(course), [job(0)]))
    assert str(raised.value) == (
        "The cluster tcp://127.0.0.1:9 cannot be had: "
        "Timed out trying to connect to tcp://127.0.0.1:9 after 1 s."
    )


@pytest.mark.soak
def test_a_scheduler_that_ends_in_the_middle_is_one_sentence(course: Course, tmp_path: Path) -> None:
    with (
        dask.config.set({"distributed.comm.timeouts.connect": "1s"}),
        remote(tmp_path, workers=1) as there,
    ):
        found = Cluster(there.url).run(setup_of(course), (job(n) for n in range(10**9)))
        next(found)
        there.scheduler.kill()
        with pytest.raises(ExecutorError, match=r"^The cluster cannot grade: [^\n]*\.$"):
            list(found)


def test_a_cluster_with_certificates_grades(course: Course, tmp_path: Path) -> None:
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
        assert points(Cluster(there.url).run(setup_of(course), [job(0)])) == {0: 8}


def test_certificates_that_are_not_named_are_one_sentence(course: Course) -> None:
    with pytest.raises(UsageError) as raised:
        list(Cluster("tls://127.0.0.1:9").run(setup_of(course), [job(0)]))
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
