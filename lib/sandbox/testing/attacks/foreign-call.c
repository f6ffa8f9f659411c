// Enters the kernel by another door than the native one: argument `i386` or `x32`. Prints the result when it comes back.
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int count, char **words) {
  long result = 0;
  puts("before");
  fflush(stdout);
  if (count > 1 && strcmp(words[1], "i386") == 0) __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
  else result = syscall(0x40000000 | SYS_getpid);
  printf("result %ld\n", result);
  return 0;
}
