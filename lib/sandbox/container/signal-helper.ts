import { TERMINAL_READY } from "./terminal-helper";

/**
 * Stands before a program without a terminal, to pass on its input and the signals that are sent to it: those that Docker can send reach the
 * sandbox's first process alone, and what is typed has no room for them. Its arguments are the program's command. It reads the records of the
 * terminal's helper, sizes left aside, and `e` for the end of the program's input, after which there may be signals. Streams other than the input are the program's own.
 *
 * A signal is for the program and what it has started, as with a key at a terminal. It ends as its program does.
 */
export const SIGNAL_HELPER = withoutComments(String.raw`
use POSIX ();
unlink $0;
pipe my $out, my $in or exit 72;
# What is read of the records, and what of it is for the program.
my ($read, $typed, $open, $ended, $pid) = ("", "", 1);
$SIG{CHLD} = sub { };
# What stops the sandbox does not ask.
$SIG{$_} = "IGNORE" for qw(HUP INT QUIT TERM PIPE);
$| = 1;
print ${JSON.stringify(TERMINAL_READY)};
$pid = fork;
exit 2 unless defined $pid;
unless ($pid) {
  $SIG{$_} = "DEFAULT" for qw(HUP INT QUIT TERM PIPE CHLD);
  setpgrp;
  POSIX::dup2(fileno $out, 0);
  exec { $ARGV[0] } @ARGV;
  print STDERR "$ARGV[0]: $!\n";
  POSIX::_exit(127);
}
# Also here: a signal may come before it has done so itself.
setpgrp $pid, $pid;
close $out;
# F_SETFL, O_WRONLY and O_NONBLOCK
fcntl $in, 4, 04001;

sub take {
  while (length $read) {
    if ($read =~ /^i (\d+)\n/) {
      my $head = length $&;
      last if length($read) < $head + $1;
      $typed .= substr $read, $head, $1;
      substr($read, 0, $head + $1) = "";
    } elsif ($read =~ s/^k (\d+)\n//) { kill($1, -$pid) or kill $1, $pid }
    elsif ($read =~ s/^e\n//) { $ended = 1 }
    elsif ($read !~ s/^s \d+ \d+\n//) { last }
  }
}

my $status;
until (waitpid($pid, 1) == $pid and defined($status = $?)) {
  close $in if $ended and !length $typed;
  my ($from, $to) = ("", "");
  # No more than this is kept for a program that reads nothing.
  vec($from, 0, 1) = 1 if $open and length($read) + length($typed) < 131072;
  vec($to, fileno $in, 1) = 1 if length $typed;
  # That its program has ended just before it would not be noticed, hence the tenth of a second.
  next if select($from, $to, undef, 0.1) <= 0;
  if (vec $from, 0, 1) {
    my $got = sysread STDIN, $read, 65536, length $read;
    $open = 0, $ended = 1 if defined $got and $got == 0;
    take();
  }
  if (length $typed and vec $to, fileno $in, 1) {
    my $wrote = syswrite $in, $typed, 4096;
    if ($wrote) { substr($typed, 0, $wrote) = "" }
    # Nobody reads it any more.
    elsif (!$!{EAGAIN} and !$!{EINTR}) { $typed = "" }
  }
}
if (my $signal = $status & 127) {
  POSIX::sigaction($signal, POSIX::SigAction->new("DEFAULT")) unless $signal == 9;
  kill $signal, $$;
}
exit $status >> 8;
`);

function withoutComments(script: string): string {
  return script.replace(/^\s*#.*\n|^\n/gm, "");
}
