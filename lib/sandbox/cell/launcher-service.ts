import { LINGER_S } from "../container/supervisor";

/** Exit codes of a run's first process: what it needs is not there; no process could be started, or no file written. */
export const BROKEN = 70;
const STARVED = 2;

/**
 * The second part of the launcher for programs of every language (`launcher.ts`), in Perl: what PID 1 of a run does once its walls stand. `serve`
 * does for a plain step what the supervisor's script does for all (`lib/sandbox/container/supervisor.ts`), without the start of a shell and of
 * the programs that a shell needs for it; `hand_over` becomes that script, for a step that may have to be ended alone.
 */
export const SERVICE = String.raw`
# The server's streams. What the program has are others, opened anew: what it sets on an open file is not set on ours.
my ($server, $out, $err);
# What has been read of the server's words and not been used. No byte too many is read where the program has the rest.
my ($held, $most) = ("", 65536);
sub more {
  my $got = sysread $server, $held, $_[0], length $held;
  leave(0) unless $got or !defined $got and $! == 4;
}
sub row {
  my $end;
  more($most) while ($end = index $held, "\n") < 0;
  my $row = substr $held, 0, $end + 1, "";
  chop $row;
  $row;
}
sub take {
  my ($count) = @_;
  more($most == 1 ? $count - length $held : $most) while length $held < $count;
  substr $held, 0, $count, "";
}
sub word { my ($word) = @_; $word =~ s/\\0([0-7]{3})/chr oct $1/ge; $word }

sub save {
  my ($path, $data, $mode) = @_;
  # O_WRONLY, O_CREAT and O_TRUNC.
  sysopen my $file, $path, 01101, $mode or leave(${STARVED});
  for (my $done = 0; $done < length $data;) {
    my $wrote = syswrite $file, $data, length($data) - $done, $done;
    leave(${STARVED}) unless $wrote;
    $done += $wrote;
  }
}

# Whether there are other processes, after those have been reaped that have ended.
sub others { 1 while waitpid(-1, 1) > 0; kill 0, -1 }
sub nap { select undef, undef, undef, $_[0] }
# Seconds by CLOCK_MONOTONIC.
sub now {
  my $time = "\0" x 16;
  syscall $CLOCK_GETTIME, 1, $time;
  my ($seconds, $nanoseconds) = unpack "qq", $time;
  $seconds + $nanoseconds / 1e9;
}

# What the program left gets a moment to finish what it prints.
sub end_others {
  my ($all_gone) = @_;
  return unless others();
  # By the clock: on a busy machine a nap takes several times as long.
  for (my $until = now() + ${LINGER_S}; now() < $until;) {
    nap(0.002);
    return unless others();
  }
  kill 9, -1;
  while ($all_gone and others()) { nap(0.001) }
}

sub something {
  my ($path, $folder) = @_;
  opendir $folder, $path or chmod 0755, $path and opendir $folder, $path or return 0;
  for (readdir $folder) { return 1 unless /^\.\.?\z/ }
  0;
}

sub serve {
  my ($nonce, $last, $files, $args, $input, undef, $collect, $seconds) = @_;
  $most = $input eq "stream" ? 1 : 65536;
  for (1 .. $files) {
    my ($size, $path) = split / /, row(), 2;
    my $mode = $size =~ s/^x// ? 0777 : 0666;
    $path = word($path);
    mkdir substr $path, 0, $-[0] while $path =~ m{(?<=[^/])/}g;
    save("./$path", $size eq "line" ? word(row()) : take($size), $mode);
  }
  my @words = map { word(row()) } 1 .. $args;
  my $limits = pack "QQ", $seconds, $seconds;
  my $source = $input eq "none" ? "/dev/null" : "/tmp/.input";
  save($source, take($input), 0666) if $input =~ /^\d/;
  # Before the fork, since what a process has in memory before it becomes the program counts as the program's.
  ($input eq "stream" ? open STDIN, "<&", $server : open STDIN, "<", $source) or leave(${STARVED});
  my ($before_cpu, $before, $before_killed) = used();
  my $pid = fork;
  leave(${STARVED}) unless defined $pid;
  unless ($pid) {
    # RLIMIT_CPU
    syscall $PRLIMIT64, 0, 0, $limits, 0;
    exec { $words[0] } @words;
    # Says why.
    exec { $supervisor[0] } $supervisor[0], "-c", 'exec "$@"', "sh", @words;
    leave(127);
  }
  # The server asks for output that programs still hold: passed on to all of them, once. Programs can send the signal too.
  $SIG{URG} = sub { $SIG{URG} = "DEFAULT"; kill "URG", -1 };
  my ($code, $largest) = ended($pid);
  my $signal = $code & 127;
  my $written = $collect && something("/tmp/output");
  end_others(!$last || $written);
  $SIG{URG} = "DEFAULT";
  my ($cpu, $peak, $killed) = used();
  # In part that is shared with others, and not counted as the container's, whose peak is never below the run's.
  $largest = int $peak / 1024 if $peak and $largest > $peak / 1024;
  my @figures = ($signal ? (128 + $signal, 1) : ($code >> 8, 0), $cpu - $before_cpu, $before, $peak, $killed - $before_killed);
  my $trailer = "\036$nonce " . join(" ", @figures, $largest, $written ? 1 : 0) . "\n";
  syswrite $out, $trailer;
  syswrite $err, $trailer;
  return unless $written;
  open STDOUT, ">&", $out or leave(${BROKEN});
  # Text of ours, without a word of the program's.
  system "/bin/sh", "-c", "exec </dev/null 2>/dev/null\n$archive";
  syswrite $out, "\036$nonce \n";
}

sub hand_over {
  open STDIN, "<&", $server or leave(${BROKEN});
  close $_ for $server, $out, $err;
  # The supervisor reads the header that we have read on descriptor 3.
  local $^F = 3;
  pipe my $source, my $end or leave(${BROKEN});
  fileno $source == 3 or leave(${BROKEN});
  syswrite $end, $_[0];
  unlink $names[0], $names[2];
  exec { $supervisor[0] } @supervisor;
  leave(${BROKEN});
}
`;
