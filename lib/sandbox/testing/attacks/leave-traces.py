"""Leaves something of each kind behind for whoever runs next in the same place. Prints what it could not."""
import ctypes
import fcntl
import os
import resource
import signal
import socket
import time

libc = ctypes.CDLL(None, use_errno=True)


def attempt(what, action):
    try:
        action()
    except OSError as error:
        print("could not", what, error.strerror, flush=True)


os.unlink("/run/quicksand/passwd")
for place in ["/tmp/work/trace", "/tmp/trace", "/tmp/.hidden", "/tmp/output-trace", "/dev/shm/trace", "/run/quicksand/passwd"]:
    attempt(place, lambda: open(place, "w").write("trace:x:0:0::/:/bin/sh\n"))
for number in range(300):
    open(f"/tmp/many-{number}", "w").close()
attempt("a deep folder", lambda: os.makedirs("/tmp/" + "/".join("d" * 50)))

os.umask(0)
os.nice(5)
os.sched_setaffinity(0, {0})
resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))
resource.setrlimit(resource.RLIMIT_NPROC, (40, 40))
attempt("a kernel victim", lambda: open("/proc/self/oom_score_adj", "w").write("1000"))
os.environ["TRACE"] = "trace"
libc.setenv(b"TRACE", b"trace", 1)

for kind in (libc.shmget(0x7ACE, 4096, 0o1600), libc.semget(0x7ACE, 1, 0o1600), libc.msgget(0x7ACE, 0o1600)):
    if kind < 0:
        print("could not make an IPC object")
libc.mq_open(b"/trace", os.O_CREAT | os.O_RDWR, 0o600, None)
libc.syscall(248, b"user", b"trace", b"trace", 5, -3)  # add_key

server = socket.create_server(("127.0.0.1", 8080))
for _ in range(5):
    client = socket.create_connection(("127.0.0.1", 8080))
    accepted, _ = server.accept()
    accepted.close()
    client.recv(1)
    client.close()
unix = socket.socket(socket.AF_UNIX)
unix.bind("\0trace")
unix.listen()

master, slave = os.openpty()
for fd in (1, 2):
    attempt("a lock", lambda: fcntl.flock(os.open(f"/proc/self/fd/{fd}", os.O_WRONLY), fcntl.LOCK_EX))
    attempt("no waiting", lambda: fcntl.fcntl(fd, fcntl.F_SETFL, os.O_NONBLOCK))
    attempt("a small pipe", lambda: fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, 4096))
    attempt("the time of a pipe", lambda: os.utime(fd, (1_000_000, 1_000_000)))
    attempt("the mode of a pipe", lambda: os.fchmod(fd, 0o4712))
for device in ["null", "zero", "full", "random", "urandom", "tty", "pts/ptmx"]:
    try:
        os.utime(f"/dev/{device}")
    except OSError:
        pass
for number in (signal.SIGURG, 16, signal.SIGUSR1, signal.SIGCONT):
    signal.signal(number, signal.SIG_IGN)
    os.killpg(0, number)

# One that nobody waits for, in a session of its own, with everything that is open.
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(1, 32):
            if number not in (signal.SIGKILL, signal.SIGSTOP):
                signal.signal(number, signal.SIG_IGN)
        while True:
            os.write(1, b"a word from before\n") if time.sleep(0.001) else None
    os._exit(0)
attempt("the mode of the folder", lambda: os.chmod("/tmp", 0))
print("left", flush=True)
