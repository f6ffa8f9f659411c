/**
 * The second part of the launcher that forks (`forking-launcher.ts`), in Python: what PID 1 of a run does once it has forked the program. `serve` does
 * for one plain program what the supervisor's script does for all (`lib/sandbox/container/supervisor.ts`); `hand_over` becomes that script.
 */
export const SERVICE = String.raw`
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
    ended = None
    # Orphans that end meanwhile are reaped: they count as processes until they are.
    while ended != program:
        ended, status, usage = os.wait4(-1, 0)
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


`;
