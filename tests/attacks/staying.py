"""Submissions that want to be there when the next one comes."""

from __future__ import annotations

from attacks import EVERYWHERE, ISOLATED, Attack, denied

_EVIL = "import builtins\nbuiltins.evil = True\n"
_ASK = "import builtins\ndef f(z):\n    return hasattr(builtins, 'evil')\n"


def _file(name: str, file: str, text: str = _EVIL) -> Attack:
    return Attack(name, _ASK, ("returned False",), EVERYWHERE, files={file: text})


def _spoil(name: str, act: str) -> Attack:
    source = f"import builtins, json, os, random, sys\nimport numpy as np\n{act}\ndef f(z): return 1\n"
    return Attack(name, source, ("returned 1", "load crashed", "load exited"), ISOLATED)


ATTACKS = (
    _file("start_up_file_does_not_run", "sitecustomize.py"),
    _file("user_start_up_file_does_not_run", "usercustomize.py"),
    _file("path_file_does_not_run", "evil.pth", "import builtins; builtins.evil = True\n"),
    _file("test_set_up_does_not_run", "conftest.py"),
    _file("test_settings_do_not_count", "pytest.ini", "[pytest]\naddopts = -p conftest\n"),
    _file("compiled_file_does_not_run", "__pycache__/s.cpython-311.pyc", "junk"),
    _file("file_called_numpy_does_not_take_its_place", "numpy.py"),
    _file("file_called_json_is_not_loaded_by_the_worker", "json.py"),
    _file("file_called_msgspec_is_not_loaded_by_the_worker", "msgspec.py"),
    _file("file_called_traceback_is_not_loaded_by_the_worker", "traceback.py"),
    _file("folder_called_grader_is_not_loaded_by_the_worker", "grader/worker/serve.py"),
    _spoil("seeded_generators_are_seeded_anew", "np.random.seed(1); random.seed(1)"),
    _spoil("patched_numpy_does_not_stay", "np.exp = np.array = lambda *a, **k: 0"),
    _spoil("patched_builtins_do_not_stay", "builtins.sum = builtins.len = lambda *a: 0"),
    _spoil("patched_import_does_not_stay", "sys.meta_path.clear(); sys.path.clear(); sys.modules['numpy'] = None"),
    _spoil("error_settings_do_not_stay", "np.seterr(all='raise'); np.set_printoptions(precision=1)"),
    _spoil("patched_worker_does_not_stay", "sys.modules['grader.worker.wire'].TOO_LARGE = 'evil'"),
    _spoil("working_folder_does_not_stay", "try: os.chdir('/usr')\nexcept OSError: pass"),
    _spoil("environment_does_not_stay", "os.environ['PYTHONSTARTUP'] = '/tmp/x'"),
    _spoil("recursion_limit_does_not_stay", "sys.setrecursionlimit(50)"),
    denied("file_beside_the_libraries_cannot_be_written",
           "open(os.path.join(os.path.dirname(numpy.__file__), 'evil.py'), 'w')", "EROFS", setup="import numpy"),
    denied("library_cannot_be_changed", "open(os.__file__, 'a')", "EROFS"),
    denied("compiled_library_cannot_be_planted",
           "py_compile.compile(os.__file__, '/tmp/x.pyc', doraise=True)", "EROFS", setup="import py_compile"),
    denied("folder_cannot_be_made_in_the_temporary_one", "os.mkdir('/tmp/nest')", "EROFS"),
    denied("nothing_can_be_left_in_shared_memory",
           "_posixshmem.shm_open('/note', os.O_CREAT | os.O_RDWR, 0o666)", "EROFS", setup="import _posixshmem"),
    denied("no_semaphore_can_be_left_for_the_next", "_multiprocessing.SemLock(0, 1, 1, '/note', False)", "EROFS",
           setup="import _multiprocessing"),
    denied("shared_memory_of_others_cannot_be_found", "os.listdir('/dev/shm')"),
    denied("file_cannot_be_removed", "os.unlink('@FOLDER@/victim')"),
    denied("file_cannot_be_renamed", "os.rename('@FOLDER@/victim', '@FOLDER@/gone')"),
    denied("results_cannot_be_written", "open('@FOLDER@/out/results/student-02.json', 'w')"),
)  # fmt: skip
