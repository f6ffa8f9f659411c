/** Dash that its user can run but not read: ADR 2. Our images have it, others `/bin/sh`. */
export const SUPERVISOR_SHELL = "/usr/lib/quicksand/sh";

/** Where the lists of users and groups of our images are: a tmpfs of two files, which the supervisor fills. */
export const NAMES = "/run/quicksand";

/** The two files, by their names in that folder, for a sandbox whose user's number is `user`. */
export function namesOf(user: string): { passwd: string; group: string } {
  return {
    passwd: `root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
sandbox:x:${user}:${user}:sandbox:/tmp:/bin/sh
`,
    group: `root:x:0:\ntty:x:5:\nmail:x:8:\nshadow:x:42:\nnogroup:x:65534:\nsandbox:x:${user}:\n`,
  };
}

/**
 * SIGSTKFLT, which nothing else sends: it ends a step, together with a change of the limit of processes, which no program can make. Not a
 * real-time signal: those are queued, and programs that sent thousands kept PID 1 in its handler until their time was over.
 */
export const END_SIGNAL = 16;

/** Longest wait for what a program leaves running. */
export const LINGER_S = 0.25;

/** Shell commands that write a tar of the output folder to standard output. */
export const ARCHIVE = `  if ls --zero /tmp/output >/dev/null 2>&1; then
    cd /tmp/output && ls -A --zero | xargs -0 chmod u+r --
    ls -rSA --zero | tar -cf - --no-recursion --null -T -
    cd /tmp/work
  else tar -cf - --exclude='./*/*' -C /tmp/output .; fi`;

/** The supervisor's `$0` where a launcher has said that it is ready, and has read the header of the first step already: it is on descriptor 3. */
export const BEGUN = "begun";

/**
 * PID 1 of every sandbox: a POSIX shell script that waits on standard input for steps, runs each, and marks its end in the
 * output (`supervisor-protocol.ts`). Its arguments are the sandbox's user id, then, for a language with a standby, seconds of
 * processor time and its command.
 *
 * A fork and exec costs more than a millisecond of a run, and one or two hundredths of what a container costs, so builtins do
 * everything that is done for each of them. The nonce is a plain variable, never exported; with a shell that its user cannot
 * read the process is not dumpable, which closes its memory to programs of the same user.
 *
 * Exit codes say what went wrong: 2 no process could be started or no file written, because the program had used them up
 * (dash's own code for it); 3 the standby had died; 70 the sandbox lacks something that is needed; 71 it is not safe.
 */
export const SUPERVISOR = withoutComments(String.raw`
umask 022
# Not for the standby, which inherits descriptors.
begun=
[ "$0" != ${BEGUN} ] || { read -r begun <&3 && exec 3<&- || exit 70; }
# dash has a handler for it, so the kernel would deliver it to PID 1.
trap '' INT
# The server asks for output that programs still hold (ADR 60): passed on to all of them, once in each step. Dash looks for signals after each
# command of a handler too, so programs that send this one without end would have it handle one within the other, and do nothing else.
flush='trap - URG; kill -URG -1 2>/dev/null'
# The server asks for the end of a step whose cell is still needed (ADR 78). A program can send the signal too, but it cannot change the
# limit of processes, as the server does before; one that tries has only spent the handler.
finish='trap - ${END_SIGNAL}; now=; { read -r now <$P; } 2>/dev/null; [ "$now" = "$limit" ] || kill -9 -1 2>/dev/null'
{ [ -d /tmp/output ] || mkdir -p /tmp/work /tmp/output; } && cd /tmp/work && unset OLDPWD || exit 70

# Descriptor 9 is the sandbox's standard error. Our own is a pipe (8) that is read back after each step: a message in it means that
# the program was ended by a signal, which tells "exit 137" from SIGKILL. The pipe is a here-document's, opened anew for both
# directions, so it has no name and costs no fork. Where a shell keeps here-documents in files, or the kernel (gVisor's) opens no
# pipe anew, it is a named one.
exec 9>&2 8<<END
END
{ [ -p /proc/self/fd/8 ] && command exec 8<>/proc/self/fd/8; } 2>/dev/null ||
  { mkfifo /tmp/.messages && exec 8<>/tmp/.messages && rm /tmp/.messages; } || exit 70
exec 2>&8

# A program may change these lists, since its user is ours. It gains nothing: no program of our images runs with the rights of
# another user, and the kernel knows no names.
umask 222
printf %s "${namesOf("$1").passwd}" >${NAMES}/passwd
printf %s "${namesOf("$1").group}" >${NAMES}/group
umask 022
shift

# Our own images are known to have GNU's head.
if [ -x ${SUPERVISOR_SHELL} ] || head --version >/dev/null 2>&1; then take() { head -c "$1"; }
else take() { dd bs="$1" count=1 iflag=fullblock 2>/dev/null; }; fi

# Processor time in nanoseconds, peak memory in bytes and processes killed for memory, of the sandbox. Without control groups inside
# (gVisor) there are no figures: 0 stands for unknown, as with a peak on kernels that keep none. The shell's own "times" is no help:
# gVisor counts the time that a thread is ready to run, four of them three times what they got.
C=/sys/fs/cgroup
P=$C/pids.max; [ -r $P ] || P=$C/pids/pids.max
if [ -r $C/cpu.stat ]; then
  usage() {
    cpu=0; mem=0; oom=0
    read -r _ cpu <$C/cpu.stat; cpu=$((cpu * 1000))
    [ -r $C/memory.peak ] && read -r mem <$C/memory.peak
    while read -r k v; do [ "$k" = oom_kill ] && oom=$v; done <$C/memory.events
  }
elif [ -r $C/memory/memory.max_usage_in_bytes ]; then
  usage() {
    cpu=0; mem=0; oom=0
    read -r cpu <$C/cpuacct/cpuacct.usage
    read -r mem <$C/memory/memory.max_usage_in_bytes
    while read -r k v; do [ "$k" = oom_kill ] && oom=$v; done <$C/memory/memory.oom_control
  }
else
  usage() {
    cpu=0; mem=0; oom=0
  }
fi

# The standby (ADR 9) gets ready for a program that is not there yet, and waits on descriptor 6 for "input =argument…". A job in the
# background has /dev/null for its input unless that is given as another descriptor.
waiting=
if [ $# -gt 0 ]; then
  exec 5<&0 6<<END
END
  { [ -p /proc/self/fd/6 ] && command exec 6<>/proc/self/fd/6; } 2>/dev/null ||
    { mkfifo /tmp/.standby && exec 6<>/tmp/.standby && rm /tmp/.standby; } || exit 70
  ( ulimit -t "$1"; shift; exec "$@" ) <&5 2>&9 5<&- 8>&- 9>&- &
  waiting=$!
  exec 5<&-
fi

# Where the unreadable shell cannot be started (gVisor) the kernel itself lets no process look into its parent; when a child can all the
# same, an image of ours refuses to serve (ADR 44); an operator's image never had that protection. So does a sandbox that cannot signal its own processes: it could not end what a
# program leaves behind (ADR 47). SIGCONT changes nothing; signal 0 would not tell, since AppArmor allows it where it refuses all others.
if [ "$0" != foreign ] && [ -r /proc/1/mem ] && ( : </proc/1/mem ) 2>/dev/null; then echo refused memory; exit 71; fi
if ! kill -CONT "\${waiting:-$$}" 2>/dev/null; then echo refused signals; exit 71; fi

# The last message of the shell since it was asked before, in "said".
messages() { echo = >&8; said=; while IFS= read -r l <&8 && [ "$l" != = ]; do said=$l; done; }
# The word that a line stands for, in "w".
word() { case $l in *\\*) w=$(printf '%b.' "$l"); w=\${w%.} ;; *) w=$l ;; esac; }

# The smallest files come first, so that a large one cannot keep others out. Without the folder's name ls lists files even where it may
# not ask for their sizes (gVisor's statx of 2022). What lies in folders is not sent. A file that its writer may not read (mode 000) is sent too.
archive() {
${ARCHIVE}
}

# Waits for a job. The server's signals interrupt that (151 SIGURG, ${128 + END_SIGNAL} the end), also when the shell reaps the job in the same call;
# asked once more it gives the exit code of a job that it has reaped. How the job ended dash says when it is asked for its jobs.
interrupted() { [ "$code" = 151 ] || [ "$code" = ${128 + END_SIGNAL} ]; }
ended() {
  wait "$1"
  code=$?
  while interrupted && kill -0 "$1" 2>/dev/null; do wait "$1"; code=$?; done
  ! interrupted || { wait "$1"; code=$?; }
  jobs >&8
  messages
  case $said in *Done*) said= ;; esac
}

# Waits until what the program left running has ended, or a sleep has: a script's tee and a child that prints after its parent may finish.
# With a trap on SIGCHLD, "wait" returns (145) whenever an orphan ends, which is ours as PID 1. Other processes than us and the sleep
# are counted in /proc. "command eval" keeps the shell alive when no process can be started any more. The kernel begins a fork anew for each
# signal that arrives, so what the program left stands still meanwhile: with ten processes that send signals it took up to 40 s.
linger() {
  trap : CHLD
  kill -STOP -1
  command eval 'sleep ${LINGER_S} >&- 2>&- 8>&- 9>&- &' || return
  kill -CONT -1
  set -- /proc/[0-9]*
  while [ $# -gt 2 ]; do wait $!; [ $? = 145 ] || break; set -- /proc/[0-9]*; done
}

header() {
  [ -n "$begun" ] || { read -r "$@"; return; }
  read -r "$@" <<END
$begun
END
  begun=
}
[ "$0" = ${BEGUN} ] || echo ready
while header nonce last files args input measure collect seconds standby waits && [ "$nonce" != leave ]; do
  trap "$flush" URG
  [ "$0" = foreign ] || { limit=; { read -r limit <$P; } 2>/dev/null; trap "$finish" ${END_SIGNAL}; }
  # The files. What does not fit on a disk that an earlier step filled must not be read as the next header.
  set --
  while [ "$files" -gt 0 ]; do
    IFS=' ' read -r size l; word
    case $size in x*) size=\${size#x}; set -- "$@" "./$w" ;; esac
    case $w in */*) mkdir -p "./\${w%/*}" ;; esac
    case $size in
      line) IFS= read -r l; printf '%b' "$l" >"./$w" || exit 2 ;;
      0) : >"./$w" ;;
      *) take "$size" >"./$w" || exit 2 ;;
    esac
    files=$((files - 1))
  done
  [ $# = 0 ] || chmod 755 "$@"

  # The command, or for a standby only its arguments, as they came.
  set --
  words=
  while [ "$args" -gt 0 ]; do
    IFS= read -r l; words="$words =$l"; word; set -- "$@" "$w"; args=$((args - 1))
  done
  # The program would inherit the file that "time" writes to, as descriptor 3.
  rss=0
  if [ "$measure" = 1 ] && [ -x /usr/bin/time ]; then set -- /usr/bin/time -f %M -o /tmp/.rss /bin/sh -c 'exec "$@" 3>&-' sh "$@"
  else measure=0; fi

  # The input, as descriptor 7.
  case $input in
    none) source=/dev/null; exec 7</dev/null ;;
    stream) source=-; exec 7<&0 ;;
    *) take "$input" >/tmp/.input || exit 2; source=/tmp/.input; exec 7</tmp/.input ;;
  esac

  # A program with a terminal is started anew. What stands by has no later step to wait for, and would count against the limits.
  if [ -n "$waiting" ] && [ "$standby$last" = 01 ]; then
    kill -9 "$waiting"; exec 6>&-; wait "$waiting"; jobs >&8; waiting=
  fi

  usage; cpu0=$cpu; mem0=$mem; oom0=$oom
  [ "$standby" = 1 ] && jobs >&8
  messages
  if [ "$standby" = 1 ]; then
    # One that is not there any more is not the program's doing: we exit without a trailer, which is reported as our fault.
    case $said in *Running*) ;; *) exit 3 ;; esac
    printf '%s\n' "$source$words" >&6
    exec 6>&-
    ended "$waiting"
    waiting=
  elif [ "$waits" = 1 ]; then
    # Signals interrupt only a wait for a job, and a shell ignores two signals for jobs, which env gives back.
    ( ulimit -t "$seconds"; exec /usr/bin/env --default-signal=INT,QUIT "$@" ) <&7 2>&9 7<&- 8>&- 9>&- &
    ended $!
  else
    # A subshell, because dash redirects a plain command's streams in the parent, and would report there. It says nothing of SIGINT
    # and SIGPIPE.
    ( trap - INT; ulimit -t "$seconds"; exec "$@" ) <&7 2>&9 7<&- 8>&- 9>&-
    code=$?
    messages
    case $code in 130 | 141) said=1 ;; esac
  fi
  exec 7<&-

  # "time" writes words before its number when the program failed, and the program can write there too.
  if [ "$measure" = 1 ] && read -r rss </tmp/.rss; then
    case $rss in Command*terminated*) said=1 ;; esac
    case $rss in Command*) { read -r rss; read -r rss; } </tmp/.rss ;; esac
  fi
  case $rss in '' | *[!0-9]* | ?????????????*) rss=0 ;; esac

  written=0
  if [ "$collect" = 1 ]; then
    { [ -r /tmp/output ] && [ -x /tmp/output ]; } || chmod u+rwx /tmp/output 2>/dev/null
    for f in /tmp/output/* /tmp/output/.[!.]* /tmp/output/..?*; do
      if [ -e "$f" ] || [ -L "$f" ]; then written=1; break; fi
    done
  fi

  # What the program left is killed, and reaped by ignoring SIGCHLD when something follows: its zombies would count against the limit of
  # processes. Not while a standby waits for a later step: it would end too, and a compiler leaves nothing behind.
  if [ -z "$waiting" ] && kill -0 -1; then
    linger
    trap '' CHLD
    if kill -9 -1 && [ "$last$written" != 10 ]; then
      spins=0; while kill -0 -1 && [ $spins -lt 100000 ]; do spins=$((spins + 1)); done
    fi
    trap - CHLD
  fi

  # A signal that is late finds no handler, and so does nothing to PID 1: it must neither end the wait for the next step nor that step.
  trap - ${END_SIGNAL}
  usage
  [ -n "$said" ] && said=1
  set -- "$nonce" "$code" "\${said:-0}" $((cpu - cpu0)) "$mem0" "$mem" $((oom - oom0)) "$rss" "$written"
  printf '\036%s %s %s %s %s %s %s %s %s\n' "$@"
  printf '\036%s %s %s %s %s %s %s %s %s\n' "$@" >&9
  # What tar and ls have to say would fill the pipe of messages.
  if [ "$written" = 1 ]; then archive 2>/dev/null; printf '\036%s \n' "$nonce"; fi
done
# We exit at the end of our input, so Docker's handling of the exit begins when the server chooses: after the answer. Where the container goes
# on with another run (a cell), its input does, and we exit at a line that says so.
`);

/** The script as it is sent with each creation. Its `\${` are the shell's, the others the template's. */
function withoutComments(script: string): string {
  return script.replaceAll("\\${", "${").replace(/^\s*#.*\n|^\n/gm, "");
}
