"""Submissions that reach for the network, for other processes and for their own limits."""

from __future__ import annotations

from attacks import Attack, denied, refused


def _socket(name: str, family: int, kind: int = 1, protocol: int = 0) -> Attack:
    return denied(name, f"socket.socket({family}, {kind}, {protocol})", setup="import socket")


_RING = """
import mmap
def word(memory, at):
    return struct.unpack_from("=I", memory, at)[0]
def ring(family):
    libc = ctypes.CDLL(None, use_errno=True)
    asked = ctypes.create_string_buffer(120)
    fd = libc.syscall(425, 1, asked)
    if fd < 0:
        raise OSError(ctypes.get_errno(), "io_uring_setup")
    tail, index, done = word(asked, 44), word(asked, 64), word(asked, 100)
    rings, entries = mmap.mmap(fd, 4096), mmap.mmap(fd, 64, offset=0x10000000)
    struct.pack_into("=BBHiQQI", entries, 0, 45, 0, 0, family, 1, 0, 0)
    struct.pack_into("=I", rings, index, 0)
    struct.pack_into("=I", rings, tail, 1)
    if libc.syscall(426, fd, 1, 1, 1, None, 0) != 1:
        raise OSError(ctypes.get_errno(), "io_uring_enter")
    result = struct.unpack_from("=i", rings, done + 8)[0]
    if result < 0:
        raise OSError(-result, "socket")
"""
"""Asks the kernel's asynchronous queue for a socket: no system call of that name is made."""


def _ring(name: str, family: int) -> Attack:
    return denied(name, f"ring({family})", setup=_RING, machine="x86_64")


ATTACKS = (
    _socket("tcp_is_denied", 2),
    _socket("udp_is_denied", 2, 2),
    _socket("tcp_over_ipv6_is_denied", 10),
    _socket("raw_packets_are_denied", 17, 3),
    _socket("virtual_machine_sockets_are_denied", 40),
    _socket("netlink_is_denied", 16, 3),
    _socket("unix_sockets_are_denied", 1),
    _socket("kernel_cryptography_sockets_are_denied", 38, 5),
    _socket("bluetooth_is_denied", 31, 3, 1),
    _ring("tcp_through_an_asynchronous_queue_is_denied", 2),
    _ring("virtual_machine_sockets_through_an_asynchronous_queue_are_denied", 40),
    denied("abstract_unix_sockets_are_denied", "abstract()", "ECONNREFUSED",
           setup="import socket\ndef abstract():\n    socket.socket(1).connect('\\0x')"),
    denied("pair_of_sockets_is_denied", "socket.socketpair()", setup="import socket"),
    denied("looking_up_a_name_is_denied", "socket.getaddrinfo('example.org', 80)", "gaierror",
           setup="import socket"),
    denied("fetching_a_page_is_denied", "urllib.request.urlopen('http://127.0.0.1:9')", "URLError",
           setup="import urllib.request"),
    denied("sending_descriptors_over_the_own_pipe_is_denied",
           "socket.send_fds(socket.socket(fileno=os.dup(pipe())), [b'x'], [0])", "ENOTSOCK",
           setup="import socket"),
    denied("signal_to_the_parent_is_denied", "os.kill(os.getppid() or 1, 0)"),
    denied("signal_to_the_grader_is_denied", "os.kill(@PID@, 0)", "ESRCH"),
    denied("signal_to_a_group_is_denied", "os.killpg(os.getpgrp(), 0)"),
    denied("queued_signal_is_denied", "signal.pidfd_send_signal(os.pidfd_open(os.getppid() or 1), 0)",
           setup="import signal"),
    denied("descriptor_of_the_grader_is_denied", "os.pidfd_open(@PID@)", "ESRCH"),
    denied("limits_of_the_grader_are_out_of_reach", "resource.prlimit(@PID@, resource.RLIMIT_CPU)", "ESRCH",
           setup="import resource"),
    denied("own_limits_cannot_be_set", "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))", "ValueError",
           setup="import resource"),
    denied("daemon_by_two_forks_is_denied", "os.fork() or (os.setsid(), os.fork(), os._exit(0))"),
    denied("new_session_is_denied", "os.setsid()"),
    denied("priority_cannot_be_changed", "os.nice(1)"),
    denied("processor_cannot_be_chosen", "os.sched_setaffinity(0, {0})"),
    denied("schedule_cannot_be_changed", "os.sched_setscheduler(0, 3, os.sched_param(0))"),
    denied("typing_into_the_terminal_is_denied", "fcntl.ioctl(0, 0x5412, b'x')", "ENOTTY",
           setup="import fcntl"),
    denied("user_cannot_be_changed", "os.setuid(os.getuid())"),
    denied("groups_cannot_be_changed", "os.setgroups([])"),
    refused("tracing_the_parent_is_denied", 101, "16, @PID@, 0, 0"),
    refused("being_traced_is_denied", 101, "0, 0, 0, 0"),
    refused("memory_of_the_grader_cannot_be_read", 310, "@PID@, None, 0, None, 0, 0"),
    refused("memory_of_the_grader_cannot_be_written", 311, "@PID@, None, 0, None, 0, 0"),
    refused("descriptors_of_the_grader_cannot_be_taken", 438, "3, 0, 0"),
    refused("comparing_processes_is_denied", 312, "@PID@, @PID@, 0, 0, 0"),
    refused("signal_to_a_thread_is_denied", 234, "@PID@, @PID@, 0"),
    refused("message_with_rights_is_denied", 46, "3, b'\\0' * 56, 0"),
)  # fmt: skip
