"""Submissions that take more than their share."""

from __future__ import annotations

from attacks import EVERYWHERE, ISOLATED, Attack, denied, refused

_LIMITED = (*ISOLATED, "limits")


def _memory(name: str, body: str, *held: str) -> Attack:
    return Attack(name, f"import numpy as np\ndef f(z):\n    {body}\n", held, _LIMITED)


_OPEN = "path = os.__file__\ndef many():\n    files = [open(path) for _ in range(500)]"

ATTACKS = (
    _memory("memory_bomb_of_bytes_is_an_exception", "return len(bytearray(2 * 10**9))", "raised MemoryError"),
    _memory("memory_bomb_of_arrays_is_an_exception", "return np.ones(3 * 10**8).size",
            "raised _ArrayMemoryError", "raised MemoryError"),
    # Asked for and never written: the first touch of a gigabyte takes seconds of CPU time on some virtual machines.
    _memory("memory_bomb_in_pieces_is_an_exception",
            "return len([bytes(10**7) for _ in range(200)])", "raised MemoryError"),
    _memory("memory_bomb_by_mmap_is_an_exception",
            "import mmap; return len(mmap.mmap(-1, 2 * 10**9))", "raised OSError", "raised MemoryError"),
    denied("fork_is_denied", "os.fork() or os._exit(0)"),
    denied("fork_bomb_is_denied", "[os.fork() or os._exit(0) for _ in range(20)]"),
    denied("program_cannot_be_started", "subprocess.run(['/bin/true'])", setup="import subprocess"),
    denied("program_cannot_be_spawned", "os.posix_spawn('/bin/true', ['true'], {})"),
    denied("shell_cannot_be_started", "os.popen('true')"),
    denied("program_cannot_take_the_workers_place", "os.execv(sys.executable, ['python', '-c', ''])"),
    denied("thread_is_denied", "_thread.start_new_thread(time.sleep, (0,))", "RuntimeError",
           setup="import _thread, time"),
    denied("pool_of_processes_is_denied", "multiprocessing.Process(target=print).start()",
           setup="import multiprocessing"),
    denied("disk_bomb_in_the_temporary_folder_is_denied", "open('/tmp/bomb', 'wb').write(b'x')", "EROFS"),
    denied("disk_bomb_in_shared_memory_is_denied", "open('/dev/shm/bomb', 'wb').write(b'x')", "EROFS"),
    denied("disk_bomb_in_the_working_folder_is_denied", "open('bomb', 'wb').write(b'x')", "EROFS"),
    denied("temporary_file_is_denied", "tempfile.TemporaryFile()", setup="import tempfile"),
    denied("inode_bomb_is_denied", "[os.mkdir(f'/tmp/{n}') for n in range(50)]", "EROFS"),
    denied("memfd_bomb_is_denied", "os.memfd_create('bomb')"),
    denied("pipe_bomb_is_denied", "os.pipe()"),
    denied("event_descriptors_are_denied", "os.eventfd(0)"),
    denied("bomb_of_open_files_is_stopped", "many()", "EMFILE", setup=_OPEN, levels=_LIMITED),
    denied("growing_a_file_is_denied", "os.truncate('@FOLDER@/victim', 10**12)"),
    denied("locking_a_shared_file_is_denied", "fcntl.flock(open(os.__file__), 2)", setup="import fcntl"),
    denied("locking_a_range_of_a_shared_file_is_denied", "fcntl.lockf(open(os.__file__), 1)", "EBADF",
           setup="import fcntl"),
    refused("inotify_is_denied", 294),
    refused("timers_as_descriptors_are_denied", 283),
    refused("system_v_shared_memory_is_denied", 31, "0, 14, b' ' * 256"),
    refused("message_queues_are_denied", 71, "0, 12, b' ' * 256"),
    refused("locking_memory_is_denied", 151, "1"),
    Attack("endless_prints_are_cut", "def f(z):\n    for _ in range(200): print('x' * 10**6)\n    return z",
           ("returned 1",), EVERYWHERE, limits={"cpu_s": 5}),
    Attack("flood_of_the_output_descriptor_goes_nowhere",
           "import os\ndef f(z):\n    for _ in range(200): os.write(1, b'x' * 10**6); os.write(2, b'x')\n    return z",
           ("returned 1",), EVERYWHERE),
    Attack("flood_of_warnings_is_cut",
           "import warnings\ndef f(z):\n    for n in range(2000): warnings.warn(str(n))\n    return z",
           ("returned 1",), EVERYWHERE, limits={"cpu_s": 5}),
)  # fmt: skip
