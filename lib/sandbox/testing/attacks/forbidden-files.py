"""Tries to read and to write what a sandbox must not, and prints what it could."""
import glob
import os
import socket


def attempt(what, action):
    try:
        action()
        print("COULD", what, flush=True)
    except OSError:
        pass


def write(path):
    with open(path, "r+b", buffering=0) as file:
        file.write(file.read(1) or b"1")


def read_something(path):
    with open(path, "rb") as file:
        if not file.read(1):
            raise OSError("there is nothing in it")


UNREADABLE = [
    "/etc/shadow",
    "/etc/gshadow",
    "/dev/mem",
    "/dev/kmem",
    "/dev/kmsg",
    "/dev/vda",
    "/dev/sda",
    "/dev/fuse",
    "/dev/kvm",
    "/dev/net/tun",
    "/dev/vsock",
    "/dev/vhost-vsock",
    "/var/run/docker.sock",
    "/run/secrets",
    "/root/.ssh",
    "/proc/kmsg",
    "/proc/kpagemap",
    "/proc/vmallocinfo",
    "/proc/slabinfo",
]
# Hidden ones can be opened and are empty, or (under AppArmor) cannot be opened.
EMPTY = ["/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sched_debug", "/proc/interrupts"]
UNWRITABLE = [
    "/etc/passwd",
    "/etc/hosts",
    "/etc/resolv.conf",
    "/etc/ld.so.preload",
    "/proc/sysrq-trigger",
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/hostname",
    "/proc/sys/vm/drop_caches",
    "/proc/sys/kernel/ns_last_pid",
    "/proc/self/exe",
    "/proc/1/oom_score_adj",
    "/bin/sh",
    "/usr/lib/quicksand/sh",
    "/sys/kernel/mm/transparent_hugepage/enabled",
    "/sys/power/state",
] + glob.glob("/proc/pressure/*") + glob.glob("/sys/fs/cgroup/**/*", recursive=True)

for path in UNREADABLE:
    attempt(f"read {path}", lambda: open(path, "rb").read(1) if not os.path.isdir(path) else os.listdir(path))
for path in EMPTY:
    attempt(f"read {path}", lambda: read_something(path))
for path in UNWRITABLE:
    attempt(f"write {path}", lambda: write(path))
for folder in ["/", "/etc", "/dev", "/proc", "/sys", "/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/usr/bin", "/run", "/var/tmp",
               "/var/lock", "/home", "/mnt", "/lib", "/dev/mqueue", "/dev/pts"]:
    attempt(f"make a file in {folder}", lambda: open(f"{folder}/made-by-a-program", "x"))
attempt("open its own program file for writing", lambda: os.open("/proc/self/exe", os.O_RDWR))
attempt("truncate its own program file", lambda: os.truncate("/proc/self/exe", 0))
attempt("become root", lambda: os.setuid(0))
attempt("become group root", lambda: os.setgroups([0]))
attempt("change an owner", lambda: (open("/tmp/mine", "w").close(), os.chown("/tmp/mine", 0, 0)))
attempt("reach the supervisor's folder", lambda: os.listdir("/proc/1/cwd"))
print("tried", len(UNREADABLE) + len(EMPTY) + len(UNWRITABLE))
print("host", socket.gethostname())
