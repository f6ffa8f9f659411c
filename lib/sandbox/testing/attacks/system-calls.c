// Makes system calls that no program in a sandbox has a use for, and prints a line `name errno` for each; 0 means that it worked.
// Arguments are chosen so that, where the kernel itself would refuse, it would give another reason than a filter does.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void report(const char *name, long result) {
  printf("%s %d\n", name, result == -1 ? errno : 0);
  fflush(stdout);
}

#define CALL(name, ...) report(#name, syscall(SYS_##name, __VA_ARGS__))
#define NEWER(name, number, ...) report(#name, syscall(number, __VA_ARGS__))

static void filesystems(void) {
  CALL(mount, "none", "/tmp", "tmpfs", 0, 0);
  CALL(umount2, "/nowhere", 0);
  CALL(pivot_root, "/nowhere", "/nowhere");
  CALL(chroot, "/nowhere");
  NEWER(open_tree, 428, AT_FDCWD, "/nowhere", 0);
  NEWER(move_mount, 429, -1, "", -1, "", 0);
  NEWER(fsopen, 430, "no-such-filesystem", 0);
  NEWER(fsconfig, 431, -1, 0, 0, 0, 0);
  NEWER(fsmount, 432, -1, 0, 0);
  NEWER(fspick, 433, -1, "/nowhere", 0);
  NEWER(mount_setattr, 442, -1, "/nowhere", 0, 0, 0);
  CALL(open_by_handle_at, -1, 0, 0);
  CALL(name_to_handle_at, -1, "/nowhere", 0, 0, 0);
  CALL(fanotify_init, -1, 0);
  CALL(quotactl, -1, "/nowhere", 0, 0);
  CALL(swapon, "/nowhere", -1);
  CALL(acct, "/nowhere");
  report("mknod_character_device", mknod("/tmp/device", S_IFCHR | 0666, 0x101));
  report("mknod_block_device", mknod("/tmp/device", S_IFBLK | 0666, 0x800));
  report("mknodat_character_device", syscall(SYS_mknodat, AT_FDCWD, "/tmp/device", S_IFCHR | 0666, 0x101));
}

static void kernel(void) {
  CALL(init_module, 0, 0, "");
  CALL(finit_module, -1, "", 0);
  CALL(delete_module, "none", 0);
  CALL(kexec_load, 0, 0, 0, -1);
  CALL(kexec_file_load, -1, -1, 0, "", -1);
  CALL(reboot, 0, 0, 0, 0);
  CALL(clock_settime, -1, 0);
  CALL(clock_adjtime, -1, 0);
  CALL(settimeofday, 0, 1);
  CALL(adjtimex, 0);
  CALL(sethostname, "mine", -1);
  CALL(setdomainname, "mine", -1);
  CALL(syslog, 10, 0, 0);
  CALL(bpf, -1, 0, 0);
  CALL(perf_event_open, 0, 0, -1, -1, -1);
  CALL(keyctl, 0, -3, 0);
  CALL(add_key, "user", "name", "value", 5, -3);
  CALL(request_key, "user", "name", 0, -3);
  CALL(userfaultfd, 1);
  CALL(io_uring_setup, 1, 0);
  CALL(io_uring_enter, -1, 0, 0, 0, 0);
  CALL(io_uring_register, -1, 0, 0, 0);
  NEWER(memfd_secret, 447, -1);
  NEWER(lsm_set_self_attr, 460, 0, 0, 0, 0);
  CALL(modify_ldt, 0, 0, 0);
  CALL(iopl, 9);
  CALL(ioperm, -1, 1, 1);
  CALL(vhangup, 0);
  CALL(mbind, 0, 0, -1, 0, 0, 0);
  CALL(move_pages, 0, 0, 0, 0, 0, -1);
  CALL(migrate_pages, 0, 0, 0, 0);
  CALL(vmsplice, -1, 0, 0, 0);
  CALL(mq_open, "queue", 0, 0, 0);
  report("personality_no_random_addresses", syscall(SYS_personality, 0x0040000));
  report("personality_read_implies_exec", syscall(SYS_personality, 0x0400000));
}

static void others(void) {
  CALL(ptrace, 0x4206, 1, 0, 0);
  report("ptrace_traceme", syscall(SYS_ptrace, 0, 0, 0, 0));
  CALL(process_vm_readv, getppid(), 0, 0, 0, 0, -1);
  CALL(process_vm_writev, getppid(), 0, 0, 0, 0, -1);
  CALL(kcmp, getpid(), getpid(), 0, 0, 0);
  NEWER(pidfd_getfd, 438, -1, 0, 0);
  NEWER(process_madvise, 440, -1, 0, 0, 0, 0);
}

static void family(const char *name, int domain, int type, int protocol) {
  report(name, socket(domain, type, protocol));
}

static void sockets(void) {
  family("socket_vsock", AF_VSOCK, SOCK_STREAM, 0);
  family("socket_alg", 38, SOCK_SEQPACKET, 0);
  family("socket_packet", AF_PACKET, SOCK_RAW, 0);
  family("socket_key", 15, SOCK_RAW, 2);
  family("socket_bluetooth", 31, SOCK_RAW, 1);
  family("socket_can", 29, SOCK_RAW, 1);
  family("socket_tipc", 30, SOCK_RDM, 0);
  family("socket_xdp", 44, SOCK_RAW, 0);
  family("socket_rds", 21, SOCK_SEQPACKET, 0);
  family("socket_smc", 43, SOCK_STREAM, 0);
  family("socket_inet_raw", AF_INET, SOCK_RAW, 1);
  family("socket_netlink_audit", AF_NETLINK, SOCK_RAW, 9);
  family("socket_netlink_netfilter", AF_NETLINK, SOCK_RAW, 12);
  family("socket_netlink_uevent", AF_NETLINK, SOCK_RAW, 15);
}

static const struct { const char *name; unsigned long flag; } NAMESPACES[] = {
  { "mount", 0x00020000 }, { "cgroup", 0x02000000 }, { "uts", 0x04000000 }, { "ipc", 0x08000000 },
  { "user", 0x10000000 },  { "pid", 0x20000000 },    { "net", 0x40000000 }, { "time", 0x00000080 },
};

static void namespaces(void) {
  const unsigned long user = 0x10000000;
  for (size_t i = 0; i < sizeof NAMESPACES / sizeof *NAMESPACES; i++) {
    char name[64];
    // With a user namespace an ordinary user may make all the others: only a filter stands in the way.
    snprintf(name, sizeof name, "unshare_%s", NAMESPACES[i].name);
    report(name, syscall(SYS_unshare, NAMESPACES[i].flag | user));
    snprintf(name, sizeof name, "clone_%s", NAMESPACES[i].name);
    long child = syscall(SYS_clone, NAMESPACES[i].flag | user | SIGCHLD, 0, 0, 0, 0);
    if (child == 0) _exit(0);
    report(name, child);
    if (child > 0) waitpid(child, 0, 0);
    snprintf(name, sizeof name, "setns_%s", NAMESPACES[i].name);
    report(name, syscall(SYS_setns, -1, NAMESPACES[i].flag));
  }
  unsigned long arguments[11] = { user, [4] = SIGCHLD };
  long child = syscall(435, arguments, sizeof arguments);
  if (child == 0) _exit(0);
  report("clone3_user", child);
}

int main(void) {
  filesystems();
  kernel();
  others();
  sockets();
  namespaces();
  return 0;
}
