import { ARCHIVE, BEGUN, NAMES, namesOf } from "../container/supervisor";
import { BROKEN, SERVICE } from "./launcher-service";
import { mountsOf, type Room } from "./mounts";
import callNumbers from "./system-call-numbers.json" with { type: "json" };

/** Processes that a cell has beside those of its run: its launcher. */
export const LAUNCHER_PROCESSES = 1;

/** Exit code of a run's first process when the server has gone. */
const SERVER_GONE = 255;

/** System calls that Perl has no words for. */
const CALLS = [
  ...["clone", "wait4", "mount", "prctl", "capset", "setsid", "exit_group", "prlimit64", "clock_gettime"],
] as const satisfies readonly (keyof typeof callNumbers.arm64)[];

/** Processors that there is a launcher for, by Node's names. */
export type Architecture = keyof typeof callNumbers;

export function isArchitecture(name: string): name is Architecture {
  return Object.hasOwn(callNumbers, name);
}

/**
 * The namespaces of a run: user, mount, process, IPC, host name and network. A program has a wall of the same thickness in a container that is
 * its own; there Docker builds it.
 */
export const NAMESPACES = 0x1000_0000 | 0x2_0000 | 0x2000_0000 | 0x800_0000 | 0x400_0000 | 0x4000_0000;

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

/** What PID 1 of each run is, once its walls stand. */
export interface Supervisor {
  /** Of the supervisor's script, in a container of one run. */
  shell: string;
  script: string;
  /** The script's `$0` and its arguments. */
  args: readonly [name: string, userId: string, ...standby: string[]];
  /** The launcher's own process serves plain steps, and becomes the script for others; else it becomes the script at once. */
  serves: boolean;
}

/** The launcher for programs of every language. */
export function launcherOf(
  { shell, script, args: [name, userId, ...standby], serves }: Supervisor,
  { filter, architecture, ...size }: LauncherSettings,
): LauncherCommand {
  const calls = CALLS.map((name) => callNumbers[architecture][name]).join(" ");
  const mounts = mountsOf(size).map(({ source, place, type, flags, options }) =>
    [source, place, type, flags, options].join(" "),
  );
  const names = serves
    ? Object.entries(namesOf(userId)).flatMap(([file, text]) => [`${NAMES}/${file}`, text])
    : [];
  return {
    entrypoint: ["perl", "-e", LAUNCHER],
    argv: [
      ...[calls, String(NAMESPACES), filter.toString("hex"), mounts.join("\n")],
      ...[ARCHIVE, String(names.length), ...names],
      ...[shell, "-c", script, serves ? BEGUN : name, userId, ...standby],
    ],
  };
}

/**
 * PID 1 of a cell's container. For each run it makes one process in namespaces of its own: PID 1 of the run, which builds the walls, gives up
 * everything that lets it build any, and serves the run's steps or becomes the supervisor. The launcher waits for it, and makes the next one when the
 * kernel has reported the end of all processes of the run. It never reads what the server sends: the next run's PID 1 reads a line `next NONCE` first,
 * and prints on both streams `RS NONCE largest cpu memory oomKills` of the run before it: kilobytes of the run's largest process; processor time in
 * nanoseconds, peak memory in bytes and processes killed for memory, of the cell since it began. Where no other run can follow, because the input has
 * ended, `end` stands for the nonce, on standard output alone.
 *
 * In Perl, as the terminal's helper is (ADR 71): a fork of it costs a fifth of what the start of a program does.
 */
const LAUNCHER = withoutComments(String.raw`
my ($calls, $namespaces, $filter, $mounts, $archive, $count, @supervisor) = @ARGV;
my ($CLONE, $WAIT4, $MOUNT, $PRCTL, $CAPSET, $SETSID, $EXIT, $PRLIMIT64, $CLOCK_GETTIME) = split " ", $calls;
my @names = splice @supervisor, 0, $count;
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
  my ($line, $from) = ("", @_);
  until ($line =~ /\n/) {
    my $got = sysread $from, $line, 1, length $line;
    # EINTR: a signal that came late.
    return unless $got or !defined $got and $! == 4;
  }
  $line;
}

# Waits for a child: what the kernel says of its end, and the kilobytes of its largest process. Orphans that end meanwhile are reaped: they count
# as processes until they are.
sub ended {
  my ($child) = @_;
  for (;;) {
    my ($status, $usage) = ("\0" x 4, "\0" x 144);
    my $pid = syscall $WAIT4, -1, $status, 0, $usage;
    return (unpack("i", $status), (unpack "q5", $usage)[4]) if $pid == $child;
    # EINTR: a signal has come.
    leave(${BROKEN}) if $pid < 0 and $! != 4;
  }
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
  my $line = line(\*STDIN);
  # For the run before, where that has left without being told to.
  $line = line(\*STDIN) if defined $line and $line eq "leave\n";
  my ($nonce) = defined $line ? $line =~ /^next ([0-9a-f]+)$/ : "end" or leave(${BROKEN});
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
}

${SERVICE}
# PID 1 of a run.
sub supervise {
  enter();
  # Nothing is served here: a program is to stand by, or the image is an operator's.
  unless (@names) {
    exec { $supervisor[0] } @supervisor;
    refuse("exec");
  }
  umask 022;
  chdir "/tmp/work" or refuse("chdir");
  $ENV{PWD} = "/tmp/work";
  for (my $n = 0; $n < @names; $n += 2) { save($names[$n], $names[$n + 1], 0444) }
  # From here on its memory is closed to the program, which is of the same user. Nor does a signal have an effect that the program could send.
  syscall($PRCTL, 4, 0, 0, 0, 0) == 0 or refuse("dumpable");
  $SIG{$_} = "DEFAULT" for qw(URG STKFLT);
  unless (kill "CONT", $$) {
    syswrite STDOUT, "refused signals\n";
    leave(71);
  }
  open $server, "<&", \*STDIN or refuse("stdin");
  open $out, ">", "/proc/self/fd/1" or refuse("stdout");
  open $err, ">", "/proc/self/fd/2" or refuse("stderr");
  syswrite $out, "ready\n";
  while (defined(my $line = line($server))) {
    last if $line eq "leave\n";
    my @header = split " ", $line;
    my ($last, $waits) = @header[1, 9];
    hand_over($line) if $waits and !$last;
    serve(@header);
    last if $last;
  }
  leave(0);
}

my $largest;
for (;;) {
  renew();
  # SIGCHLD
  my $pid = syscall $CLONE, $namespaces + 17, 0, 0, 0, 0;
  if ($pid < 0) { refuse("clone") }
  if ($pid == 0) {
    turn($largest) if defined $largest;
    supervise();
  }
  $child = $pid;
  (my $code, $largest) = ended($child);
  undef $child;
  leave($code == ${SERVER_GONE} << 8 ? 0 : $code & 127 ? 128 + ($code & 127) : $code >> 8) if $code;
}
`);

/** The script as it is sent with each creation. */
function withoutComments(script: string): string {
  return script.replace(/^\s*#.*\n|^\n/gm, "");
}
