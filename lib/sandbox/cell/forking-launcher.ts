import type { Profile } from "../cell";
import {
  ARCHIVE,
  BEGUN,
  END_SIGNAL,
  LINGER_S,
  NAMES,
  namesOf,
  SUPERVISOR,
  SUPERVISOR_SHELL,
} from "../container/supervisor";
import { type LauncherCommand, type LauncherSettings, mountsOf, NAMESPACES } from "./launcher";
import callNumbers from "./system-call-numbers.json" with { type: "json" };

/** Gives the standby's command (from `$2` on) the launcher's text (`$1`) on descriptor 6, in the place of its line (ADR 9). */
const START = `exec 6<<END
launcher
$1
END
shift
exec "$@"`;

/**
 * The launcher for Python: an interpreter that waits, and forks for each run. The image's own standby runs its text (`sitecustomize.py`), so
 * that a program is started by the very lines that start it where it stands by in a container. It has to start in the program's folder:
 * an interpreter makes the whole path of `main.py` when it starts.
 */
export function forkingLauncher(
  { standby, limits }: Pick<Profile, "standby" | "limits">,
  userId: number,
  { filter, architecture, ...room }: LauncherSettings,
): LauncherCommand {
  const [cpuSeconds, ...command] = standby;
  const user = String(userId);
  const settings = {
    clone: callNumbers[architecture].clone,
    namespaces: NAMESPACES,
    filter: filter.toString("hex"),
    mounts: mountsOf(room).map(({ source, place, type, flags, options }) => [
      source,
      place,
      type,
      flags,
      options,
    ]),
    names: Object.entries(namesOf(user)).map(([name, text]) => [`${NAMES}/${name}`, text]),
    user: userId,
    openFiles: limits.openFiles,
    cpuSeconds: Number(cpuSeconds),
    endSignal: END_SIGNAL,
    lingerS: LINGER_S,
    archive: ARCHIVE,
    // What takes over where a run begins with something else than one plain program.
    supervisor: [SUPERVISOR_SHELL, "-c", SUPERVISOR, BEGUN, user],
    standby,
  };
  const text = `SETTINGS = ${JSON.stringify(settings)}\n${LAUNCHER}`;
  return { entrypoint: [SUPERVISOR_SHELL, "-c", START], argv: ["sh", text, ...command] };
}

/**
 * PID 1 of the container of a cell that forks. It never reads what the server sends, so that nothing of a run is in its memory, which each later
 * one inherits. For each run it makes one process in namespaces of its own: PID 1 of the run, its supervisor.
 *
 * That one builds the walls, gives up everything that lets it build any, and forks the program (PID 2), which waits as a standby does. Only
 * then does it read the header, so the program's memory has no nonce of its own; and its own memory is closed to it, since it is not
 * dumpable by then. It serves a run of one program itself, as the supervisor's script does (`supervisor.ts`), and leaves by itself after
 * it. For everything else it becomes that script.
 *
 * Between two runs the next run's supervisor answers the line \`next NONCE\` as the other launcher does (\`launcher.ts\`); the launcher makes it when
 * the kernel has reported the end of the last one's PID 1, and so of all of its processes.
 */
const LAUNCHER = withoutComments(String.raw`
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


def tell(line):
    os.write(1, line)
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


def become_program(line):
    """As the image's standby finds the world in a container: a line to read on descriptor 6, and nothing of ours left."""
    renew()
    os.dup2(line, 6)
    os.closerange(3, 6)
    os.closerange(7, SETTINGS["openFiles"])
    write("/proc/self/oom_score_adj", b"1000")
    resource.setrlimit(0, (CPU_SECONDS, CPU_SECONDS))
    _signal.signal(SIGURG, flush)
    _signal.signal(SETTINGS["endSignal"], _signal.SIG_DFL)
    numbers = sys.modules.get("numpy.random")
    if numbers:
        numbers.seed()
    for names, ours in OURS:
        for name in ours:
            del names[name]


def word(encoded):
    first, *rest = encoded.split(b"\\0")
    return first + b"".join(bytes([int(part[:3], 8)]) + part[3:] for part in rest)


class Input:
    """What follows a header on standard input. No byte too many is read where the program has the rest."""

    def __init__(self, stream):
        self.held = b""
        self.most = 1 if stream else 65536

    def line(self):
        while b"\n" not in self.held:
            self.held += read(self.most)
        line, _, self.held = self.held.partition(b"\n")
        return line

    def bytes(self, count):
        while len(self.held) < count:
            self.held += read(count - len(self.held) if self.most == 1 else self.most)
        data, self.held = self.held[:count], self.held[count:]
        return data


def save(path, data, mode=0o666):
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        left = memoryview(data)
        while left:
            left = left[os.write(fd, left):]
        os.close(fd)
    except OSError:
        os._exit(STARVED)


def others():
    """Whether there are other processes, after those have been reaped that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass
    try:
        os.kill(-1, 0)
    except ProcessLookupError:
        return False
    return True


def end_others(all_gone):
    """What the program left gets a moment to finish what it prints."""
    end = time.monotonic() + SETTINGS["lingerS"]
    while others():
        if time.monotonic() > end:
            break
        time.sleep(0.002)
    else:
        return
    try:
        os.kill(-1, 9)
    except ProcessLookupError:
        pass
    while all_gone and others():
        time.sleep(0.001)


def something(folder):
    for attempt in range(2):
        try:
            return len(os.listdir(folder)) > 0
        except PermissionError:
            try:
                os.chmod(folder, 0o755)
            except OSError:
                return False
        except OSError:
            return False
    return False


def serve(program, line, header):
    nonce, _, files, args, source, _, collect, *_ = header

    def ask(number, frame):
        # Once: programs can send the signal too.
        _signal.signal(SIGURG, _signal.SIG_DFL)
        try:
            os.kill(-1, SIGURG)
        except ProcessLookupError:
            pass

    _signal.signal(SIGURG, ask)
    given = Input(source == b"stream")
    for _ in range(int(files)):
        size, path = given.line().split(b" ")
        path = word(path)
        mode = 0o666
        if size[:1] == b"x":
            size = size[1:]
            mode = 0o777
        if b"/" in path:
            try:
                os.makedirs(os.path.dirname(path), exist_ok=True)
            except OSError:
                os._exit(STARVED)
        save(path, word(given.line()) if size == b"line" else given.bytes(int(size)), mode)
    words = [given.line() for _ in range(int(args))]
    if source == b"none":
        source = b"/dev/null"
    elif source == b"stream":
        source = b"-"
    else:
        save("/tmp/.input", given.bytes(int(source)))
        source = b"/tmp/.input"
    if os.waitpid(program, os.WNOHANG)[0]:
        os._exit(DEAD)
    cpu, before, killed = used()
    message = memoryview(b" =".join([source, *words]) + b"\n")
    while message:
        message = message[os.write(line, message):]
    os.close(line)
    _, status, usage = os.wait4(program, 0)
    signaled = os.WIFSIGNALED(status)
    code = 128 + os.WTERMSIG(status) if signaled else os.WEXITSTATUS(status)
    written = collect == b"1" and something("/tmp/output")
    end_others(written)
    now, after, kills = used()
    # In part that is shared with others, and not counted as the container's, whose peak is never below the run's.
    largest = min(usage.ru_maxrss, after // 1024 or usage.ru_maxrss)
    figures = code, signaled, now - cpu, before, after, kills - killed, largest, written
    tell(b"\x1e%s %s\n" % (nonce, b" ".join(b"%d" % figure for figure in figures)))
    if written:
        # Text of ours, without a word of the program's.
        quiet = [(os.POSIX_SPAWN_OPEN, number, "/dev/null", os.O_RDWR, 0) for number in (0, 2)]
        archive = os.posix_spawn("/bin/sh", ["sh", "-c", SETTINGS["archive"]], os.environ, file_actions=quiet)
        os.waitpid(archive, 0)
        os.write(1, b"\x1e%s \n" % nonce)
    os._exit(0)


def hand_over(program, line, header):
    os.kill(program, 9)
    os.waitpid(program, 0)
    os.close(line)
    source, end = os.pipe()
    os.write(end, b" ".join(header) + b"\n")
    os.dup2(source, 3)
    for path, _ in FILES:
        os.unlink(path)
    # One that cannot be dumped does not own its files in /proc.
    prctl(4, 1, 0, 0, 0)
    renew()
    write("/proc/self/oom_score_adj", b"1000")
    for number in _signal.SIGINT, _signal.SIGPIPE, _signal.SIGXFSZ, SIGURG, SETTINGS["endSignal"]:
        _signal.signal(number, _signal.SIG_DFL)
    supervisor = SETTINGS["supervisor"] + (SETTINGS["standby"] if header[8] == b"1" else [])
    os.execv(supervisor[0], supervisor)


def supervise(largest):
    """PID 1 of a run. Returns in the run's program only."""
    build()
    source, line = os.pipe()
    program = os.fork()
    if program == 0:
        become_program(source)
        return
    os.close(source)
    # From here on its memory is closed to the program, which is of the same user.
    check(prctl(4, 0, 0, 0, 0), "dumpable")
    # The only signals that a program could send to PID 1 with an effect.
    for number in _signal.SIGINT, SIGURG, SETTINGS["endSignal"]:
        _signal.signal(number, _signal.SIG_IGN)
    if largest is None:
        os.write(1, b"ready\n")
    while True:
        start = exactly(6)
        if start == b"leave\n":
            # For the supervisor before us, where that has left without being told to.
            continue
        if start[:5] != b"next ":
            break
        nonce = start[5:] + exactly(32)
        tell(b"\x1e%s %d %d %d %d\n" % (nonce[:-1], largest or 0, *used()))
        os.write(1, b"ready\n")
    # The shortest header, then what there is more of it.
    start += exactly(45)
    while not start.endswith(b"\n"):
        start += exactly(1)
    header = start.split()
    begun.append(True)
    # One program that stands by, and nothing after it.
    if header[1] == header[8] == b"1":
        serve(program, line, header)
    hand_over(program, line, header)


def clean():
    """What a program can change of the pipes that it shares with every other run: their owner is its user."""
    for number in 1, 2:
        os.fchmod(number, 0o600)
        os.utime(number)
        fcntl.fcntl(number, fcntl.F_SETPIPE_SZ, 65536)


def launch():
    """Returns in each run's program."""
    current = [0]

    def pass_on(number, frame):
        if current[0]:
            os.kill(current[0], number)

    _signal.signal(SIGURG, pass_on)
    _signal.signal(SETTINGS["endSignal"], pass_on)
    # The shell's child that wrote our text.
    while others():
        time.sleep(0.001)
    gc.freeze()
    largest = None
    while True:
        child = check(syscall(SETTINGS["clone"], SETTINGS["namespaces"] | SIGCHLD, 0, 0, 0, 0), "clone")
        if child == 0:
            try:
                return supervise(largest)
            except BaseException as problem:
                refuse(problem)
        current[0] = child
        _, status, usage = os.wait4(child, 0)
        current[0] = 0
        largest = usage.ru_maxrss
        clean()
        if status:
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status)
            os._exit(0 if code == GONE else code)


try:
    launch()
except BaseException as problem:
    refuse(problem)
`);

/** The text as it is sent with each creation. */
function withoutComments(script: string): string {
  return script.replace(/^\s*#.*\n|^\n/gm, "");
}
