"""Submissions that look for answers, secrets and neighbours."""

from __future__ import annotations

from attacks import EVERYWHERE, Attack, denied, refused

_FORKED = ("A", "B", "C", "limits")


def _read(name: str, path: str, *also: str) -> Attack:
    return denied(name, f"open({path!r}, 'rb').read(1)", *also)


def _nothing(name: str, body: str, levels: tuple[str, ...] = EVERYWHERE) -> Attack:
    return Attack(name, f"import gc, os, sys\n{body}\n", ("returned []",), levels)


_MODULES = "def f(z):\n    own = ('grader.worker', 'grader.errors')\n    return "
_FRAMES = """
def f(z):
    frame, found = sys._getframe(), []
    while frame:
        found += [n for n in frame.f_locals if n in ('expected', 'solution', 'task', 'oracle', 'reference')]
        frame = frame.f_back
    return found"""
_DESCRIPTORS = """
def f(z):
    found = []
    for n in range(3, 64):
        try: found.append(os.fstat(n).st_mode >> 12)
        except OSError: pass
    return [m for m in found if m != 12] + found[1:]"""
_NAMES = "def f(z):\n    return [n for n in os.environ if n not in @ENVIRON@]"

ATTACKS = (
    _read("password_file_cannot_be_read", "/etc/passwd"),
    _read("shadow_file_cannot_be_read", "/etc/shadow"),
    _read("host_name_file_cannot_be_read", "/etc/hostname"),
    _read("checks_cannot_be_read", "@GRADER@/checks/values.py"),
    _read("worker_source_cannot_be_read", "@GRADER@/worker/serve.py"),
    _read("reference_cannot_be_read", "@FOLDER@/reference/softmax.py"),
    _read("neighbours_submission_cannot_be_read", "@FOLDER@/submissions/student-02/softmax.py"),
    _read("results_cannot_be_read", "@FOLDER@/out/results/student-02.json"),
    _read("own_environment_cannot_be_read", "/proc/self/environ"),
    _read("graders_environment_cannot_be_read", "/proc/@PID@/environ"),
    _read("graders_command_line_cannot_be_read", "/proc/@PID@/cmdline"),
    _read("first_process_cannot_be_read", "/proc/1/environ"),
    _read("own_memory_map_cannot_be_read", "/proc/self/maps"),
    _read("own_memory_cannot_be_opened", "/proc/self/mem"),
    _read("graders_memory_cannot_be_opened", "/proc/@PID@/mem"),
    _read("network_tables_cannot_be_read", "/proc/net/tcp"),
    _read("kernel_settings_cannot_be_read", "/proc/sys/kernel/random/boot_id"),
    _read("kernel_objects_cannot_be_read", "/sys/kernel/notes"),
    _read("disks_cannot_be_read", "/dev/vda"),
    _read("kernel_log_cannot_be_read", "/dev/kmsg"),
    _read("terminal_cannot_be_opened", "/dev/tty", "ENXIO"),
    denied("folder_of_processes_cannot_be_listed", "os.listdir('/proc')"),
    denied("root_folder_cannot_be_listed", "os.listdir('/')"),
    denied("installed_packages_cannot_be_listed", "os.listdir(os.path.dirname(os.path.dirname(numpy.__file__)))",
           setup="import numpy"),
    denied("home_cannot_be_listed", "os.listdir(os.path.expanduser('~'))"),
    denied("folder_of_submissions_cannot_be_listed", "os.listdir('@FOLDER@/submissions')"),
    denied("links_to_other_processes_cannot_be_followed", "os.readlink('/proc/@PID@/cwd')"),
    denied("program_of_other_processes_cannot_be_known", "os.readlink('/proc/@PID@/exe')"),
    denied("checks_cannot_be_imported", "importlib.import_module('grader.checks')", "ModuleNotFoundError",
           setup="import importlib"),
    denied("sandbox_cannot_be_imported", "importlib.import_module('grader.sandbox')", "ModuleNotFoundError",
           setup="import importlib"),
    denied("test_runner_cannot_be_imported", "importlib.import_module('pytest')", "ModuleNotFoundError",
           setup="import importlib"),
    denied("names_of_files_cannot_be_known", "os.stat('/etc/passwd')", levels=("A", "B")),
    denied("private_folder_of_another_user_cannot_be_looked_into", "os.stat('@FOLDER@/private/secret')"),
    denied("other_processes_cannot_be_seen", "os.stat('/proc/2')", levels=("A",)),
    Attack("parent_cannot_be_named", "import os\ndef f(z):\n    return os.getppid()", ("returned 0",), ("A",)),
    refused("opening_by_handle_is_denied", 304, "0, b'x' * 32, 0"),
    refused("newer_ways_to_open_do_not_exist", 437, "-100, b'/etc/passwd', b'\\0' * 24, 24"),
    refused("mounted_trees_cannot_be_opened", 428, "-100, b'/etc', 0"),
    refused("kernel_log_cannot_be_asked_for", 103, "3, b' ' * 64, 64"),
    _nothing("environment_holds_no_secret", _NAMES, _FORKED),
    _nothing("modules_of_the_trusted_side_are_not_loaded",
             _MODULES + "[m for m in sys.modules if m.startswith('grader.') and not m.startswith(own)]"),
    _nothing("objects_of_the_trusted_side_are_not_in_memory",
             "def f(z):\n    return [type(o).__name__ for o in gc.get_objects()"
             " if str(getattr(type(o), '__module__', '')).startswith(('grader.ch', 'grader.t', 'grader.s', 'grader.e', '_pytest'))]"),
    _nothing("frames_hold_nothing_of_the_answers", _FRAMES),
    _nothing("no_descriptor_but_its_own_pipe_is_open", _DESCRIPTORS, _FORKED),
)  # fmt: skip
