"""Submissions that try the kernel's rarer doors."""

from __future__ import annotations

from attacks import Attack, denied, refused

_NUMBERS = (
    ("new_user_namespace_is_denied", 272, "0x10000000"),
    ("new_mount_namespace_is_denied", 272, "0x20000"),
    ("clone_into_a_user_namespace_is_denied", 56, "0x10000000 | 17, 0, 0, 0, 0"),
    ("newer_clone_does_not_exist", 435, "b'\\0' * 88, 88"),
    ("joining_a_namespace_is_denied", 308, "0, 0"),
    ("mount_is_denied", 165, "b'x', b'/tmp', b'tmpfs', 0, None"),
    ("unmount_is_denied", 166, "b'/proc', 2"),
    ("newer_mount_is_denied", 430, "b'tmpfs', 0"),
    ("new_root_is_denied", 155, "b'/', b'/tmp'"),
    ("change_of_root_is_denied", 161, "b'/'"),
    ("kernel_programs_are_denied", 321, "0, b'\\0' * 64, 64"),
    ("asynchronous_calls_do_not_exist", 425, "8, b'\\0' * 120"),
    ("keyring_is_denied", 250, "0, -3, 1"),
    ("adding_a_key_is_denied", 248, "b'user', b'a', b'b', 1, -3"),
    ("performance_counters_are_denied", 298, "b'\\0' * 112, 0, -1, -1, 0"),
    ("handling_page_faults_is_denied", 323, "1"),
    ("watching_files_for_all_is_denied", 300, "0, 0"),
    ("loading_a_module_is_denied", 175, "b'', 0, b''"),
    ("loading_a_kernel_is_denied", 246, "0, 0, None, 0"),
    ("personality_cannot_be_changed", 135, "0"),
    ("segments_cannot_be_changed", 154, "1, b'\\0' * 16, 16"),
    ("port_access_is_denied", 172, "3"),
    ("further_filters_are_denied", 317, "1, 0, None"),
    ("process_settings_are_denied", 157, "4, 1, 0, 0, 0"),
    ("further_landlock_rules_are_denied", 444, "None, 0, 1"),
    ("clock_cannot_be_set", 227, "0, b'\\0' * 16"),
    ("swap_cannot_be_turned_off", 168, "b'/x'"),
    ("accounting_is_denied", 163, "b'/x'"),
    ("quota_is_denied", 179, "0, None, 0, None"),
    ("capabilities_cannot_be_read", 125, "b'\\x20\\x08\\x05\\x20' + b'\\0' * 4, None"),
    ("capabilities_cannot_be_set", 126, "b'\\x22\\x05\\x08\\x20' + b'\\0' * 4, b'\\0' * 24"),
    ("moving_pages_is_denied", 279, "0, 0, None, None, None, 0"),
    ("splicing_is_denied", 275, "0, None, 1, None, 1, 0"),
)

_OTHER_ENTRY = """
import ctypes, mmap
def f(z):
    code = mmap.mmap(-1, 4096, prot=7)
    code.write(bytes.fromhex('{code}'))
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()"""
# mov eax, 20 (getpid of 32 bits); int 0x80; ret.
_OLD_ENTRY = _OTHER_ENTRY.format(code="b814000000cd80c3")
# mov eax, 0x40000027 (getpid of x32); syscall; ret.
_X32_ENTRY = _OTHER_ENTRY.format(code="b8270000400f05c3")

ATTACKS = (
    *(refused(*row) for row in _NUMBERS),
    denied("host_name_cannot_be_changed", "socket.sethostname('x')", setup="import socket"),
    denied("device_cannot_be_made", "os.mknod('/tmp/x', 0o60600, os.makedev(8, 0))"),
    denied("named_pipe_cannot_be_made", "os.mkfifo('/tmp/x')"),
    denied("link_cannot_be_made", "os.symlink('/etc/passwd', '/tmp/x')"),
    denied("rights_of_a_file_cannot_be_changed", "os.chmod('@FOLDER@/victim', 0o644)"),
    denied("owner_of_a_file_cannot_be_changed", "os.chown('@FOLDER@/victim', -1, -1)"),
    denied("times_of_a_file_cannot_be_changed", "os.utime('@FOLDER@/victim')"),
    denied("attributes_of_a_file_cannot_be_set", "os.setxattr('@FOLDER@/victim', 'user.x', b'x')"),
    Attack("entry_of_32_bits_ends_the_process", _OLD_ENTRY, ("crashed",), machine="x86_64"),
    Attack("entry_of_x32_ends_the_process", _X32_ENTRY, ("crashed",), machine="x86_64"),
)
