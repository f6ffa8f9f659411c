import { NAMES } from "../container/supervisor";
import callNumbers from "./system-call-numbers.json" with { type: "json" };

/** Inodes and bytes of what a run can write to. */
interface Room {
  tmpfsBytes: number;
  tmpfsInodes: number;
}

/** Processes that a cell has beside those of its run: its launcher. */
export const LAUNCHER_PROCESSES = 1;

/** Exit code of a run's first process when the server has gone. */
const SERVER_GONE = 255;

/** System calls that Perl has no words for. */
const CALLS = ["clone", "wait4", "mount", "prctl", "capset", "setsid", "exit_group"] as const;

/** Processors that there is a launcher for, by Node's names. */
export type Architecture = keyof typeof callNumbers;

export function isArchitecture(name: string): name is Architecture {
  return Object.hasOwn(callNumbers, name);
}

/** Flags of mount(2): read-only, no set-uid programs, no devices, no programs, and kinds of mounting. */
const RO = 1;
const NOSUID = 2;
const NODEV = 4;
const NOEXEC = 8;
const REMOUNT = 32;
const BIND = 4096;
const REC = 16384;
const PRIVATE = 1 << 18;

const KB = 1024;
const MB = 1_048_576;

/** A call of mount(2). `/proc` files and folders that a kernel does not have are left out. */
interface Mount {
  source: string;
  place: string;
  type: string;
  flags: number;
  options: string;
}

/**
 * The namespaces of a run: user, mount, process, IPC, host name and network. A program has a wall of the same thickness in a container that is
 * its own; there Docker builds it.
 */
export const NAMESPACES = 0x1000_0000 | 0x2_0000 | 0x2000_0000 | 0x800_0000 | 0x400_0000 | 0x4000_0000;

/** Of the kernel's own files, what a program cannot see (ADR 6), and what it cannot write to; in a container Docker hides these. */
const HIDDEN_FILES = [
  "interrupts",
  "kcore",
  "keys",
  "latency_stats",
  "sched_debug",
  "timer_list",
  "timer_stats",
];
const HIDDEN_FOLDERS = ["acpi", "asound", "pressure", "scsi"];
const READ_ONLY = ["bus", "fs", "irq", "sys", "sysrq-trigger"];

/**
 * Everything that is mounted for a run, in its order, on top of what its container has: a read-only root, and nothing to write to. The
 * three places for a program's files are made new for each run, so that nothing has to be removed after one, and are limited as in a
 * container. `/dev` becomes read-only, since a time stamp of a device would stay.
 */
export function mountsOf({ tmpfsBytes, tmpfsInodes }: Room): readonly Mount[] {
  const tmpfs = { source: "tmpfs", type: "tmpfs" };
  const same = { source: "none", type: "none", options: "" };
  return [
    { ...same, place: "/", flags: REC | PRIVATE },
    { ...tmpfs, place: "/tmp", flags: NOSUID | NODEV, options: room(tmpfsBytes, tmpfsInodes, "1777") },
    { ...same, place: "/dev", flags: REMOUNT | BIND | RO | NOSUID },
    { ...tmpfs, place: "/dev/shm", flags: NOSUID | NODEV | NOEXEC, options: room(16 * MB, 256, "1777") },
    { ...tmpfs, place: NAMES, flags: NOSUID | NODEV | NOEXEC, options: room(8 * KB, 3, "1777") },
    {
      source: "devpts",
      place: "/dev/pts",
      type: "devpts",
      flags: NOSUID | NOEXEC,
      options: "newinstance,ptmxmode=0666,mode=620",
    },
    { source: "proc", place: "/proc", type: "proc", flags: NOSUID | NODEV | NOEXEC, options: "" },
    ...HIDDEN_FILES.map((name) => ({ ...same, source: "/dev/null", place: `/proc/${name}`, flags: BIND })),
    ...HIDDEN_FOLDERS.map((name) => ({
      ...tmpfs,
      place: `/proc/${name}`,
      flags: RO | NOSUID | NODEV | NOEXEC,
      options: room(4 * KB, 2, "555"),
    })),
    ...READ_ONLY.flatMap((name) => {
      const place = `/proc/${name}`;
      return [
        { ...same, source: place, place, flags: BIND | REC },
        { ...same, place, flags: REMOUNT | BIND | RO | NOSUID | NODEV | NOEXEC },
      ];
    }),
  ];
}

function room(bytes: number, inodes: number, mode: string): string {
  return `size=${bytes},nr_inodes=${inodes},mode=${mode}`;
}

/** What starts the namespaces of each run of a cell, as PID 1 of its container. */
export interface LauncherCommand {
  entrypoint: readonly string[];
  argv: readonly string[];
}

/** What every launcher builds a run's walls from. */
export interface LauncherSettings extends Room {
  /** Of the engine's machine. */
  architecture: Architecture;
  /** The second filter, for those processors. */
  filter: Buffer;
}

/** The launcher for programs of every language. `supervisor` is what it starts as PID 1 of each run, with its arguments. */
export function launcherOf(
  supervisor: readonly string[],
  { filter, architecture, ...size }: LauncherSettings,
): LauncherCommand {
  const calls = CALLS.map((name) => callNumbers[architecture][name]).join(" ");
  const mounts = mountsOf(size).map(({ source, place, type, flags, options }) =>
    [source, place, type, flags, options].join(" "),
  );
  return {
    entrypoint: ["perl", "-e", LAUNCHER],
    argv: [calls, String(NAMESPACES), filter.toString("hex"), mounts.join("\n"), ...supervisor],
  };
}

/**
 * PID 1 of a cell's container. For each run it makes one process in namespaces of its own: PID 1 of the run, which builds the walls, gives up
 * everything that lets it build any, and becomes the supervisor. The launcher waits for it, and makes the next one when the kernel has reported the
 * end of all processes of the run. It never reads what the server sends: the next run's PID 1 reads a line `next NONCE` first, and prints on both
 * streams `RS NONCE largest cpu memory oomKills` of the run before it: kilobytes of the run's largest process; processor time in nanoseconds,
 * peak memory in bytes and processes killed for memory, of the cell since it began. Where no other run can follow, because the input has ended,
 * `end` stands for the nonce, on standard output alone.
 *
 * In Perl, as the terminal's helper is (ADR 71): a fork of it costs a fifth of what the start of a program does.
 */
const LAUNCHER = withoutComments(String.raw`
my ($calls, $namespaces, $filter, $mounts, @supervisor) = @ARGV;
my ($CLONE, $WAIT4, $MOUNT, $PRCTL, $CAPSET, $SETSID, $EXIT) = split " ", $calls;
$filter = pack "H*", $filter;
my ($uid, $gid) = ($<, $( + 0);
my @mounts = grep { !($$_[1] =~ m{^/proc/} && !-e $$_[1]) } map { [split / /, $_, -1] } split /\n/, $mounts;

# Without the handlers that "exit" would run.
sub leave { syscall $EXIT, $_[0] }
sub refuse { syswrite STDOUT, "refused cells: $_[0]: $!\n"; leave(71) }
sub put { open my $file, ">", $_[0] or refuse($_[0]); defined syswrite $file, $_[1] or refuse($_[0]) }

# The server's signals are for the run's supervisor.
my $child;
$SIG{URG} = $SIG{STKFLT} = sub { kill $_[0], $child if $child };

sub line {
  my $line = "";
  until ($line =~ /\n/) {
    my $got = sysread STDIN, $line, 1, length $line;
    # EINTR: a signal that came late.
    return unless $got or !defined $got and $! == 4;
  }
  $line;
}

# Of the container, since it began.
sub first { my ($word, @files) = @_; for (@files) { open my $file, "<", $_ or next; while (<$file>) { return $1 if /$word(\d+)/ } } 0 }
my $groups = "/sys/fs/cgroup";
sub used {
  my $cpu = first("usage_usec ", "$groups/cpu.stat") * 1000 || first("^", "$groups/cpuacct/cpuacct.usage");
  ($cpu, first("^", "$groups/memory.peak", "$groups/memory/memory.max_usage_in_bytes"),
    first("oom_kill ", "$groups/memory.events", "$groups/memory/memory.oom_control"));
}

# What a program can change of the pipes that it shares with every other run: their owner is its user. The open files are new for each.
sub renew {
  for my $pipe (\*STDIN, \*STDOUT, \*STDERR) {
    chmod 0600, $pipe;
    utime undef, undef, $pipe;
    # F_SETPIPE_SZ
    fcntl $pipe, 1031, 65536;
  }
}

# The turn from the run before to this one.
sub turn {
  my $line = line();
  my ($nonce) = defined $line ? $line =~ /^next ([0-9a-f]+)$/ : "end" or leave(70);
  my $mark = join(" ", "\036$nonce", $_[0], used()) . "\n";
  syswrite STDOUT, $mark;
  leave(${SERVER_GONE}) unless defined $line;
  syswrite STDERR, $mark;
}

sub enter {
  # A signal to its process group reaches nobody outside.
  syscall($SETSID) == 1 or refuse("setsid");
  put("/proc/self/setgroups", "deny");
  put("/proc/self/uid_map", "$uid $uid 1");
  put("/proc/self/gid_map", "$gid $gid 1");
  # SIOCSIFFLAGS, IFF_UP: localhost answers.
  socket my $socket, 2, 2, 0 or refuse("socket");
  my $up = pack "a16 s x22", "lo", 1;
  ioctl $socket, 0x8914, $up or refuse("lo");
  close $socket;
  open STDOUT, ">", "/proc/self/fd/1" or refuse("stdout");
  open STDERR, ">", "/proc/self/fd/2" or refuse("stderr");
  for (@mounts) {
    my ($source, $place, $type, $flags, $options) = @$_;
    syscall($MOUNT, $source, $place, $type, $flags + 0, $options) == 0 or refuse("mount $place");
  }
  # Here it costs no process of its own.
  for ("/tmp/work", "/tmp/output") { mkdir $_, 0755 or refuse($_) }
  # The kernel ends the run before the launcher.
  put("/proc/self/oom_score_adj", 1000);
  # The bounding set, which is full in a new namespace, then the other sets of capabilities.
  for (my $n = 0; syscall($PRCTL, 24, $n, 0, 0, 0) == 0; $n++) { }
  my ($header, $none) = (pack("II", 0x20080522, 0), "\0" x 24);
  syscall($CAPSET, $header, $none) == 0 or refuse("capset");
  my $program = pack "Sx6P", length($filter) / 8, $filter;
  syscall($PRCTL, 22, 2, $program, 0, 0) == 0 or refuse("seccomp");
  exec { $supervisor[0] } @supervisor;
  refuse("exec");
}

my $largest;
for (;;) {
  renew();
  # SIGCHLD
  my $pid = syscall $CLONE, $namespaces + 17, 0, 0, 0, 0;
  if ($pid < 0) { refuse("clone") }
  if ($pid == 0) {
    turn($largest) if defined $largest;
    enter();
  }
  $child = $pid;
  my ($status, $usage) = ("\0" x 4, "\0" x 144);
  # EINTR: a signal has been passed on.
  until (syscall($WAIT4, $child, $status, 0, $usage) == $child) { leave(70) if $! != 4 }
  undef $child;
  $largest = (unpack "q5", $usage)[4];
  my $code = unpack "i", $status;
  leave($code == ${SERVER_GONE} << 8 ? 0 : $code & 127 ? 128 + ($code & 127) : $code >> 8) if $code;
}
`);

/** The script as it is sent with each creation. */
function withoutComments(script: string): string {
  return script.replace(/^\s*#.*\n|^\n/gm, "");
}
