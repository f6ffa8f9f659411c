import type { Step, Trailer } from "../cell";

/** Dash that its user can run but not read: see ADR 2. Our images have it, others `/bin/sh`. */
export const SUPERVISOR_SHELL = "/usr/lib/quicksand/sh";

/** Where our images' lists of users and groups are: a tmpfs of two files, which the supervisor fills. */
export const NAMES = "/run/quicksand";

/** How long what a program leaves running is waited for. */
const LINGER_S = 0.25;

/**
 * PID 1 of every sandbox: a POSIX shell that waits on standard input for steps, runs each, and marks its end in the stream.
 *
 * A step is a header line `nonce last files arguments input measure collect seconds standby flushes`, then for each file a line `bytes path`
 * and its bytes, or `line path` and a line of `encodeLine` (with an `x` before it for a file that can be run, which costs a `chmod`
 * for all of them), then the arguments (the command first), a line each. `input` is `none`, `stream` (what follows on our own standard input,
 * to its end) or a number of bytes. Lines are encoded by `encodeWord`. After each step a trailer goes to both streams:
 * `RS nonce exit signaled cpu memoryBefore memoryAfter oomKills maxRss written`, read by `parseTrailer`. When `written` is 1
 * (the step's `collect` was, and the program left something in the output folder), a tar of that folder follows on standard
 * output, and the mark once more.
 *
 * Why it is written as it is:
 * - The shell's own standard error is a pipe of its own (8), read back after each step: a word in it means that the program
 *   was ended by a signal, which tells `exit 137` from a real SIGKILL. dash says nothing for SIGINT and SIGPIPE.
 * - That pipe is a here-document's, opened anew for both directions: it has no name, and costs no fork. Where a shell keeps
 *   here-documents in files, or the kernel (gVisor's) opens no pipe anew, it is a named one. Each fork and exec in these
 *   first lines is one or two hundredths of what a container costs; our own images are known to have GNU's `head`.
 * - The first argument is the sandbox's user id, for which there is a line in the lists of users and groups: programs look up
 *   their own name. They may change these lists, as their user is ours, and gain nothing: no program in an image of ours runs with
 *   another's rights, and the kernel knows no names.
 * - `( exec … )` rather than a plain command: dash redirects a plain command in the parent, and would then report there.
 * - Everything in the step's path is a builtin but `head` (one for each large file): a fork and exec costs more than a
 *   millisecond. A small file comes as a line, which the shell reads byte by byte, in less time than that.
 * - With further arguments (`seconds command…`) that command is started at once, as a standby (ADR 9): it gets ready for a program that
 *   is not there yet, and waits on descriptor 6 for the line `input =argument…`. A step with `standby` sends that line rather
 *   than starting a command. Dash says of a job in the background how it ended when it is asked for its `jobs`.
 *   One that is not there any more is no doing of the program's: we exit without a trailer, which is a fault of ours.
 * - SIGURG from outside asks for what programs still hold of their output (ADR 60): it is passed on to all of them. Only a `wait` is
 *   interrupted by it (151), so a program that can answer (`flushes`) is a job in the background; `env` gives it back the two
 *   signals that a shell ignores for those.
 * - A job in the background has `/dev/null` for its standard input unless that is given as another descriptor.
 * - SIGINT is the one signal that dash has a handler for, so that the kernel would let it through to PID 1.
 * - `time` writes a line of words before its number when the program failed, and the program can write there too;
 *   it would also leave its file open in the program, as descriptor 3.
 * - What does not fit on a disk that an earlier step filled must not be read as the next header: exit 2, as when dash cannot fork.
 * - What a program leaves running may finish what it prints: a script's `tee`, a child that prints after its parent. It is waited for
 *   until it has ended or a `sleep` has, whichever comes first: with a trap on SIGCHLD, `wait` returns (145) whenever an orphan of
 *   ours ends. Other processes than us and the `sleep` are counted in /proc. Nothing is forked unless something is left, and
 *   `command eval` keeps the shell alive when nothing can be forked any more.
 * - Then it is killed before the trailer, and between steps reaped by ignoring SIGCHLD: as PID 1 we inherit it, and its zombies
 *   would count against the limit of processes.
 *   Not while a program stands by for a later step: it would end too, and a compiler leaves nothing behind.
 * - The archive has the smallest files first, so that a large one cannot keep others out, and nothing of what is in folders. Without
 *   the folder's name ls lists files even where it may not ask for their sizes (gVisor's statx of 2022). What tar and ls have to say would fill the pipe of messages.
 * - After the last step it waits for the end of its input, so that Docker's handling of the exit comes when we choose.
 * - The nonce is a plain variable, never exported; with a shell that its user cannot read the process is not dumpable, which
 *   closes its memory to programs of the same user. Where such a shell cannot be started (gVisor) the kernel itself lets no process
 *   look into its parent; a child tries, and when it can, an image of ours refuses to serve (ADR 44).
 * - A sandbox that cannot send signals to its own processes could not end what a program leaves behind, and refuses to serve. Asking
 *   for one that it has (signal 0) costs no fork.
 * - Without control groups inside (gVisor) there are no figures: 0 stands for unknown, as with a peak on kernels that keep none. The
 *   shell's `times` is no help: gVisor counts the time that a thread is ready to run, four of them three times what they got.
 */
export const SUPERVISOR = String.raw`
umask 022
trap '' INT
trap 'kill -URG -1' URG
mkdir -p /tmp/work /tmp/output && cd /tmp/work && unset OLDPWD || exit 70
exec 9>&2 8<<END
END
{ [ -p /proc/self/fd/8 ] && command exec 8<>/proc/self/fd/8; } 2>/dev/null ||
  { mkfifo /tmp/.messages && exec 8<>/tmp/.messages && rm /tmp/.messages; } || exit 70
exec 2>&8
umask 222
printf '%s:x:%s\n' root 0:0:root:/root:/bin/sh nobody 65534:65534:nobody:/nonexistent:/usr/sbin/nologin \
  sandbox "$1:$1:sandbox:/tmp:/bin/sh" >${NAMES}/passwd
printf '%s:x:%s:\n' root 0 tty 5 mail 8 shadow 42 nogroup 65534 sandbox "$1" >${NAMES}/group
umask 022
shift
if [ -x ${SUPERVISOR_SHELL} ] || head --version >/dev/null 2>&1; then take() { head -c "$1"; }
else take() { dd bs="$1" count=1 iflag=fullblock 2>/dev/null; }; fi
C=/sys/fs/cgroup
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
early=
if [ $# -gt 0 ]; then
  exec 5<&0 6<<END
END
  { [ -p /proc/self/fd/6 ] && command exec 6<>/proc/self/fd/6; } 2>/dev/null ||
    { mkfifo /tmp/.standby && exec 6<>/tmp/.standby && rm /tmp/.standby; } || exit 70
  ( ulimit -t "$1"; shift; exec "$@" ) <&5 2>&9 5<&- 8>&- 9>&- &
  early=$!
  exec 5<&-
fi
if [ -x ${SUPERVISOR_SHELL} ] && [ -r /proc/1/mem ] && ( : </proc/1/mem ) 2>/dev/null; then echo refused memory; exit 71; fi
if ! kill -0 "\${early:-$$}" 2>/dev/null; then echo refused signals; exit 71; fi
messages() { echo = >&8; said=; while IFS= read -r l <&8 && [ "$l" != = ]; do said=$l; done; }
word() { case $l in *\\*) w=$(printf '%b.' "$l"); w=\${w%.} ;; *) w=$l ;; esac; }
archive() {
  if ls --zero /tmp/output >/dev/null 2>&1; then
    cd /tmp/output && ls -rSA --zero | tar -cf - --no-recursion --null -T -
    cd /tmp/work
  else tar -cf - --exclude='./*/*' -C /tmp/output .; fi
}
ended() {
  wait "$1"
  code=$?
  while [ "$code" = 151 ] && kill -0 "$1" 2>/dev/null; do wait "$1"; code=$?; done
  jobs >&8
  messages
  case $said in *Done*) said= ;; esac
}
linger() {
  trap : CHLD
  command eval 'sleep ${LINGER_S} >&- 2>&- 8>&- 9>&- &' || return
  set -- /proc/[0-9]*
  while [ $# -gt 2 ]; do wait $!; [ $? = 145 ] || break; set -- /proc/[0-9]*; done
}
echo ready
while read -r nonce last files args input measure collect seconds standby flushes; do
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
  set --
  words=
  while [ "$args" -gt 0 ]; do
    IFS= read -r l; words="$words =$l"; word; set -- "$@" "$w"; args=$((args - 1))
  done
  rss=0
  if [ "$measure" = 1 ] && [ -x /usr/bin/time ]; then set -- /usr/bin/time -f %M -o /tmp/.rss /bin/sh -c 'exec "$@" 3>&-' sh "$@"
  else measure=0; fi
  case $input in
    none) source=/dev/null; exec 7</dev/null ;;
    stream) source=-; exec 7<&0 ;;
    *) take "$input" >/tmp/.input || exit 2; source=/tmp/.input; exec 7</tmp/.input ;;
  esac
  usage; cpu0=$cpu; mem0=$mem; oom0=$oom
  [ "$standby" = 1 ] && jobs >&8
  messages
  if [ "$standby" = 1 ]; then
    case $said in *Running*) ;; *) exit 3 ;; esac
    printf '%s\n' "$source$words" >&6
    exec 6>&-
    ended "$early"
    early=
  elif [ "$flushes" = 1 ]; then
    ( ulimit -t "$seconds"; exec /usr/bin/env --default-signal=INT,QUIT "$@" ) <&7 2>&9 7<&- 8>&- 9>&- &
    ended $!
  else
    ( trap - INT; ulimit -t "$seconds"; exec "$@" ) <&7 2>&9 7<&- 8>&- 9>&-
    code=$?
    messages
    case $code in 130 | 141) said=1 ;; esac
  fi
  exec 7<&-
  if [ "$measure" = 1 ] && read -r rss </tmp/.rss; then
    case $rss in Command*terminated*) said=1 ;; esac
    case $rss in Command*) { read -r rss; read -r rss; } </tmp/.rss ;; esac
  fi
  case $rss in '' | *[!0-9]* | ?????????????*) rss=0 ;; esac
  written=0
  if [ "$collect" = 1 ]; then
    for f in /tmp/output/* /tmp/output/.[!.]* /tmp/output/..?*; do
      if [ -e "$f" ] || [ -L "$f" ]; then written=1; break; fi
    done
  fi
  if [ -z "$early" ] && kill -0 -1; then
    linger
    trap '' CHLD
    if kill -9 -1 && [ "$last$written" != 10 ]; then
      spins=0; while kill -0 -1 && [ $spins -lt 100000 ]; do spins=$((spins + 1)); done
    fi
    trap - CHLD
  fi
  usage
  [ -n "$said" ] && said=1
  set -- "$nonce" "$code" "\${said:-0}" $((cpu - cpu0)) "$mem0" "$mem" $((oom - oom0)) "$rss" "$written"
  printf '\036%s %s %s %s %s %s %s %s %s\n' "$@"
  printf '\036%s %s %s %s %s %s %s %s %s\n' "$@" >&9
  if [ "$written" = 1 ]; then archive 2>/dev/null; printf '\036%s \n' "$nonce"; fi
done
`.replaceAll("\\${", "${");

/** Everything but plain ASCII words as octal escapes of `printf %b`; so no byte of a word can end its line. */
export function encodeWord(word: string): string {
  let encoded = "";
  for (const byte of Buffer.from(word, "utf8")) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9_./=+,:@%-]/.test(character)
      ? character
      : `\\0${byte.toString(8).padStart(3, "0")}`;
  }
  return encoded;
}

/** Longest line for a file's content: one that takes the shell about as long to read as `head` takes to start. */
const MAX_LINE_BYTES = 1_500;

/** A small file's content as a line for `printf %b`; `null` when it is to be sent as it is. Not every shell can print NUL. */
export function encodeLine(content: Buffer): string | null {
  if (content.length === 0 || content.length > MAX_LINE_BYTES || content.includes(0)) return null;
  const line = content
    .toString("latin1")
    .replace(/[^ -[\]-~]/g, (byte) => `\\0${byte.charCodeAt(0).toString(8).padStart(3, "0")}`);
  return line.length > MAX_LINE_BYTES ? null : line;
}

/** The bytes that make the supervisor run a step; what comes after them is the program's input. */
export function encodeStep(nonce: string, step: Step): Buffer {
  const { input } = step;
  const inputWord = input.kind === "bytes" ? String(input.bytes.length) : input.kind;
  const flag = (value: boolean) => (value ? 1 : 0);
  const counts = [step.files.length, step.argv.length];
  const header = [
    nonce,
    flag(step.last),
    ...counts,
    inputWord,
    flag(step.measure),
    flag(step.collect),
    step.cpuSeconds,
    flag(step.standby),
    flag(step.flushes),
  ];
  const parts: Buffer[] = [Buffer.from(`${header.join(" ")}\n`)];
  for (const file of step.files) {
    const content = Buffer.from(file.content, "utf8");
    const line = encodeLine(content);
    const size = `${file.executable ? "x" : ""}${line === null ? content.length : "line"}`;
    parts.push(Buffer.from(`${size} ${encodeWord(file.path)}\n`));
    parts.push(line === null ? content : Buffer.from(`${line}\n`));
  }
  for (const word of step.argv) parts.push(Buffer.from(`${encodeWord(word)}\n`));
  if (input.kind === "bytes") parts.push(input.bytes);
  return Buffer.concat(parts);
}

/** The mark that begins a trailer; the nonce makes it unforgeable, the control character makes it rare to be held back for. */
export function trailerMark(nonce: string): Buffer {
  return Buffer.from(`\x1e${nonce} `);
}

const KB = 1024;

/**
 * The program's peak from the mark before it, the mark after it, and what its largest process had. A mark that did not rise is an
 * earlier step's: then the process is the better answer. Without marks and processes nothing is known.
 */
function peakOf(before: number, after: number, largestProcess: number): number | null {
  if (after > before || largestProcess === 0) return after || null;
  return largestProcess;
}

/** Reads what follows the mark, without its line end. `null` when it is not a trailer. */
export function parseTrailer(line: string): Trailer | null {
  const numbers = line.trim().split(" ").map(Number);
  if (numbers.length !== 8 || numbers.some((number) => !Number.isSafeInteger(number))) return null;
  const [exitCode = 0, signaled = 0, cpuNs = 0, before = 0, after = 0, oomKills = 0] = numbers;
  const [maxRssKb = 0, written = 0] = numbers.slice(6);
  return {
    exitCode,
    signaled: signaled === 1,
    cpuMs: cpuNs > 0 ? cpuNs / 1e6 : null,
    memoryBytes: peakOf(before, after, maxRssKb * KB),
    oomKills,
    written: written === 1,
  };
}
