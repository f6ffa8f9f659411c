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
import { SERVICE } from "./forking-service";
import { WALLS } from "./forking-walls";
import { type LauncherCommand, type LauncherSettings, NAMESPACES } from "./launcher";
import { mountsOf } from "./mounts";
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
${WALLS}
${SERVICE}
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
        tell(b"\x1e%s %d %d %d %d\n" % (nonce[:-1], largest or 0, *used()), b"ready\n")
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
    freeze()
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
