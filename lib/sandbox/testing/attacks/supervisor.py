"""Looks for the supervisor's secret, and for a way to speak in its name. Prints what it could."""
import ctypes
import os
import re
import signal
import sys

libc = ctypes.CDLL(None, use_errno=True)


def attempt(what, action):
    try:
        result = action()
        print("COULD", what, repr(result)[:200], flush=True)
    except OSError:
        pass


def read_something(path):
    """What stands in a file; an empty one (`timers` on newer kernels) tells nothing."""
    content = os.read(os.open(path, os.O_RDONLY), 64)
    if not content:
        raise OSError("there is nothing in it")
    return content


for name in ["mem", "environ", "maps", "smaps", "auxv", "syscall", "stack", "io", "pagemap", "personality", "timers", "clear_refs",
             "numa_maps", "task/1/mem", "task/1/environ", "task/1/maps"]:
    attempt(f"read /proc/1/{name}", lambda: read_something(f"/proc/1/{name}"))
for name in ["mem", "comm", "oom_score_adj", "clear_refs", "timerslack_ns"]:
    attempt(f"write /proc/1/{name}", lambda: os.write(os.open(f"/proc/1/{name}", os.O_WRONLY), b"1"))
for name in ["cwd", "root", "exe", "fd/0", "fd/1", "fd/8", "fd/9", "ns/pid", "ns/user"]:
    attempt(f"follow /proc/1/{name}", lambda: os.readlink(f"/proc/1/{name}"))
for name in ["fd", "fdinfo", "map_files", "root/", "cwd/"]:
    attempt(f"list /proc/1/{name}", lambda: os.listdir(f"/proc/1/{name}"))
for name in ["fd/0", "fd/1", "fd/8", "fd/9"]:
    attempt(f"open /proc/1/{name}", lambda: os.open(f"/proc/1/{name}", os.O_WRONLY | os.O_NONBLOCK))
attempt("read the shell", lambda: open("/usr/lib/quicksand/sh", "rb").read(1))

PTRACE_ATTACH, PTRACE_SEIZE, PROCESS_VM_READV, PIDFD_OPEN, PIDFD_GETFD = 16, 0x4206, 310, 434, 438
for name, request in [("attach", PTRACE_ATTACH), ("seize", PTRACE_SEIZE)]:
    if libc.ptrace(request, 1, 0, 0) == 0:
        print("COULD ptrace", name)
buffer = ctypes.create_string_buffer(64)
vector = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 64)
if libc.syscall(PROCESS_VM_READV, 1, vector, 1, vector, 1, 0) != -1:
    print("COULD process_vm_readv")
pidfd = libc.syscall(PIDFD_OPEN, 1, 0)
for number in (0, 1, 2, 7, 8, 9):
    if pidfd >= 0 and libc.syscall(PIDFD_GETFD, pidfd, number, 0) != -1:
        print("COULD pidfd_getfd", number)

# With gVisor's kernel a signal ends process 1, and all is over: there the rest is tried without.
for number in range(1, 65) if "spare" not in sys.argv else []:
    try:
        os.kill(1, number)
    except OSError:
        pass

seen = b"".join(open(f"/proc/{pid}/{name}", "rb").read() for pid in ("1", "self") for name in ("cmdline", "status", "stat"))
seen += b"\0".join(f"{key}={value}".encode() for key, value in os.environ.items())
seen += b" ".join(os.fsencode(os.readlink(f"/proc/self/fd/{fd}")) for fd in range(3))
for nonce in re.findall(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", seen):
    print("COULD see", nonce)
if "input" in sys.argv:
    print("rest of the input", repr(sys.stdin.read()))
print("tried")
