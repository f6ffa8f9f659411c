/** Where the helper's text is written, from a program's folder; outside of it, and gone when the program starts. */
export const HELPER_PATH = "../.terminal";

/** The first line that the helper prints: there is a terminal. */
export const TERMINAL_READY = "terminal\n";

/**
 * Gives a program a pseudo-terminal of its own, and passes on what is typed and printed. In Perl, because every Debian has it and this starts
 * in a few milliseconds (ADR 71). Its arguments are columns, rows, and the program's command. It reads records from standard input, a line
 * each: `i N` and N bytes of input, `s COLUMNS ROWS` for a new size, `k NUMBER` for a signal to the foreground.
 *
 * It ends as its program does. It knows no more of the server than the program does, so that nothing is lost when the program ends or
 * changes it: whatever it reports is the program's own output.
 */
export const TERMINAL_HELPER = withoutComments(String.raw`
use POSIX ();
unlink $0;
my ($columns, $rows, @program) = @ARGV;
# Numbers of the kernel's that are the same on all of our processors: TIOCSPTLCK, TIOCGPTN, TIOCSWINSZ, TIOCSCTTY, TIOCGPGRP.
my ($unlock, $number, $resize, $control, $foreground) = (0x40045431, 0x80045430, 0x5414, 0x540E, 0x540F);
my ($master, $closed);
my $n = pack "i", 0;
# O_RDWR, O_NOCTTY, O_NONBLOCK
unless (sysopen($master, "/dev/ptmx", 04402) and ioctl($master, $unlock, $n) and ioctl($master, $number, $n)) {
  print STDERR "no terminal: $!\n";
  exit 72;
}
sub size { ioctl $master, $resize, pack "S4", $_[1], $_[0], 0, 0 }
size($columns, $rows);
my $slave = "/dev/pts/" . unpack "i", $n;
$| = 1;
print "terminal\n";

# What has been read of the records, what of it is for the program, and whether more will come.
my ($read, $typed, $open, $pid) = ("", "", 1);
sub take {
  while (length $read) {
    if ($read =~ /^i (\d+)\n/) {
      my $head = length $&;
      last if length($read) < $head + $1;
      $typed .= substr $read, $head, $1;
      substr($read, 0, $head + $1) = "";
    } elsif ($read =~ s/^s (\d+) (\d+)\n//) { size($1, $2) }
    elsif ($read =~ s/^k (\d+)\n//) {
      my $group = pack "i", 0;
      $group = ioctl($master, $foreground, $group) ? unpack "i", $group : 0;
      kill $1, $group > 1 ? -$group : -$pid if $pid;
    } else { last }
  }
}

# A size that came while we started is the first that the program sees.
my $said = "";
vec($said, 0, 1) = 1;
if (select($said, undef, undef, 0) > 0 and sysread STDIN, $read, 65536) { take() }

$SIG{CHLD} = sub { };
# A terminal's signals are for the program; what stops the sandbox does not ask.
$SIG{$_} = "IGNORE" for qw(HUP INT QUIT TERM PIPE TTIN TTOU);
$pid = fork;
exit 2 unless defined $pid;
unless ($pid) {
  $SIG{$_} = "DEFAULT" for qw(HUP INT QUIT TERM PIPE TTIN TTOU CHLD);
  POSIX::setsid();
  sysopen my $tty, $slave, 2 or POSIX::_exit(72);
  ioctl $tty, $control, 0;
  POSIX::dup2(fileno $tty, $_) for 0, 1, 2;
  $ENV{TERM} = "xterm-256color";
  $ENV{COLORTERM} = "truecolor";
  exec { $program[0] } @program;
  print STDERR "$program[0]: $!\n";
  POSIX::_exit(127);
}

# Hundredths of a second. A program that has ended may leave its terminal to others, who get a moment.
sub now { (POSIX::times())[0] }
my ($late, $status);
for (;;) {
  if (!$late and waitpid($pid, 1) == $pid) { ($late, $status) = (now() + 25, $?) }
  my $patience = $late ? ($late - now()) / 100 : 0.5;
  last if $patience <= 0;
  my ($in, $out) = ("", "");
  vec($in, fileno $master, 1) = 1;
  # No more than this is kept for a program that reads nothing.
  vec($in, 0, 1) = 1 if $open and length($read) + length($typed) < 131072;
  vec($out, fileno $master, 1) = 1 if length $typed;
  # A signal that comes just before it is not noticed by it, hence the half second.
  next if select($in, $out, undef, $patience) <= 0;
  if (vec $in, fileno $master, 1) {
    my $got = sysread $master, my $bytes, 65536;
    # EIO: nobody has the terminal open any more.
    if (!defined $got and !$!{EAGAIN} and !$!{EINTR}) { $closed = 1 }
    for (my $at = 0; $got and $at < $got; ) {
      my $wrote = syswrite STDOUT, $bytes, $got - $at, $at;
      if (defined $wrote) { $at += $wrote } elsif (!$!{EINTR}) { exit 1 }
    }
  }
  if ($closed) {
    last if $late;
    waitpid($pid, 0) == $pid or next;
    $status = $?;
    last;
  }
  if (vec $in, 0, 1) {
    my $got = sysread STDIN, $read, 65536, length $read;
    # The end of the input, typed: once for a line that has begun, once for the end.
    if (defined $got and $got == 0) { $open = 0; $typed .= "\x04\x04" }
    take();
  }
  if (vec($out, fileno $master, 1) and length $typed) {
    my $wrote = syswrite $master, $typed, 4096;
    substr($typed, 0, $wrote) = "" if $wrote;
  }
}
if (my $signal = $status & 127) {
  $SIG{(split " ", "ZERO HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM")[$signal]} = "DEFAULT" if $signal < 16 and $signal != 9;
  kill $signal, $$;
}
exit $status >> 8;
`);

function withoutComments(script: string): string {
  return script.replace(/^\s*#.*\n|^\n/gm, "");
}
