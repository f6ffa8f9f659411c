/**
 * The first part of the launcher that forks (`forking-launcher.ts`), in Python: calls of the kernel, what a container has used, and `build`, which
 * makes the walls of a run. `SETTINGS` is there by then.
 */
export const WALLS = String.raw`
import sys
KNOWN = set(sys.modules), set(sys.path_importer_cache)
import _ctypes, _signal, fcntl, gc, os, resource, time

# Exit codes of a run's supervisor: the server has gone; what it needs is not there; the program had died while it waited; no room for its files.
GONE, BROKEN, DEAD, STARVED = 64, 70, 3, 2
SIGCHLD, SIGURG = 17, 23
flush = _signal.getsignal(SIGURG)


class Int(_ctypes._SimpleCData):
    _type_ = "i"


class Character(_ctypes._SimpleCData):
    _type_ = "c"


class Function(_ctypes.CFuncPtr):
    # C's convention, with the interpreter's lock held, which a fork has to find held, and with errno kept.
    _flags_ = 1 | 4 | 8
    _restype_ = Int


HANDLE = _ctypes.dlopen(None, 2)
NAMES = "syscall", "mount", "prctl", "capset", "socket", "ioctl"
syscall, mount, prctl, capset, socket, ioctl = (Function(_ctypes.dlsym(HANDLE, name)) for name in NAMES)


def check(result, what):
    if result < 0:
        raise OSError(_ctypes.get_errno(), os.strerror(_ctypes.get_errno()), what)
    return result


def write(path, text):
    fd = os.open(path, os.O_WRONLY | os.O_CREAT, 0o444)
    os.write(fd, text)
    os.close(fd)


OURS = [(names, set(names) - known) for names, known in zip((sys.modules, sys.path_importer_cache), KNOWN)]
begun = []
# Everything that can be computed is, before there are runs.
USER = b"%d %d 1" % (SETTINGS["user"], SETTINGS["user"])
MOUNTS = [
    (source.encode(), place.encode(), kind.encode(), flags, options.encode())
    for source, place, kind, flags, options in SETTINGS["mounts"]
    if not place.startswith("/proc/") or os.path.exists(place)
]
FILES = [(path, text.encode()) for path, text in SETTINGS["names"]]
FILTER = bytes.fromhex(SETTINGS["filter"])
filter_bytes = (Character * len(FILTER))()
filter_bytes.raw = FILTER
PROGRAM = (len(FILTER) // 8).to_bytes(8, "little") + _ctypes.addressof(filter_bytes).to_bytes(8, "little")
NO_CAPABILITIES = (0x20080522).to_bytes(8, "little"), bytes(24)
LAST_CAPABILITY = int(open("/proc/sys/kernel/cap_last_cap").read())
CPU_SECONDS = SETTINGS["cpuSeconds"]

# Of the container, since it began: processor time in nanoseconds, peak memory in bytes, processes killed for memory.
GROUPS = "/sys/fs/cgroup/"
ONE = os.path.exists(GROUPS + "cpu.stat")
COUNTERS = []
for name in ("cpu.stat", "memory.peak", "memory.events") if ONE else (
    "cpuacct/cpuacct.usage", "memory/memory.max_usage_in_bytes", "memory/memory.oom_control"
):
    try:
        COUNTERS.append(os.open(GROUPS + name, os.O_RDONLY))
    except OSError:
        COUNTERS.append(-1)


def used():
    cpu, memory, events = (b"" if fd < 0 else os.pread(fd, 4096, 0) for fd in COUNTERS)
    words = events.split()
    killed = int(words[words.index(b"oom_kill") + 1]) if b"oom_kill" in words else 0
    nanoseconds = int(cpu.split()[1]) * 1000 if ONE and cpu else int(cpu or 0)
    return nanoseconds, int(memory or 0), killed


def tell(line, more=b""):
    os.write(1, line + more)
    os.write(2, line)


def refuse(problem):
    # Not into what a program prints.
    if not begun:
        os.write(1, f"refused cells: {type(problem).__name__}: {problem}\n".encode())
    os._exit(BROKEN)


def read(count):
    data = os.read(0, count)
    if not data:
        os._exit(GONE)
    return data


def exactly(count):
    data = read(count)
    while len(data) < count:
        data += read(count - len(data))
    return data


def build():
    """The walls of a run, from inside its namespaces; what it takes to make any is given up at the end."""
    os.setsid()
    os.umask(0o22)
    write("/proc/self/setgroups", b"deny")
    write("/proc/self/uid_map", USER)
    write("/proc/self/gid_map", USER)
    for source, place, kind, flags, options in MOUNTS:
        check(mount(source, place, kind, flags, options), place)
    # The loopback interface is up in a container.
    fd = check(socket(2, 2, 0), "socket")
    check(ioctl(fd, 0x8914, b"lo".ljust(16, b"\0") + b"\x49".ljust(24, b"\0")), "lo")
    os.close(fd)
    os.mkdir("/tmp/work")
    os.mkdir("/tmp/output")
    os.chdir("/tmp/work")
    for path, text in FILES:
        write(path, text)
    # The bounding set, which is full in a new namespace, then the other sets.
    for number in range(LAST_CAPABILITY + 1):
        check(prctl(24, number, 0, 0, 0), "bounding set")
    check(capset(*NO_CAPABILITIES), "capset")
    check(prctl(22, 2, PROGRAM, 0, 0), "seccomp")


def renew():
    """Opened anew, so that what a program sets on an open file ends with it. A run that gets the server's input ends its cell."""
    for number in 1, 2:
        fd = os.open(f"/proc/self/fd/{number}", os.O_WRONLY)
        os.dup2(fd, number)
        os.close(fd)


`;
