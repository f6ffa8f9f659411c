# Who a process of the sandbox is, what it may, what it was given, and where it can write. Runs in every image, with `sh` and `find` alone.
echo "== status"
grep -E '^(Uid|Gid|Groups|Cap[A-Za-z]+|NoNewPrivs|Seccomp):' /proc/self/status | tr '\t' ' '
echo "== descriptors"
fd=0
while [ $fd -lt 256 ]; do
  [ -e /proc/$$/fd/$fd ] && echo $fd
  fd=$((fd + 1))
done
echo "== set-uid"
find / -xdev \( -perm -4000 -o -perm -2000 \) -type f 2>/dev/null
echo "== devices"
find /dev ! -type d ! -type l 2>/dev/null | sort
echo "== writable"
find / -path '/proc/[0-9]*' -prune -o -path '/proc/self' -prune -o -path '/proc/thread-self' -prune -o \
  ! -type l -writable -print 2>/dev/null | sort | while IFS= read -r path; do
  # A hidden file is the null device, whatever its folder says of it.
  [ -c "$path" ] || echo "$path"
done
echo "== mounts"
cat /proc/mounts
echo "== end"
