/*
 * Loaded beside Algol 68 Genie, which writes what is wrong with a program where the program itself prints: from here on it goes to standard
 * error. With `--norun` that is all of it. In a run it is what follows the end of the program, which is when Genie saves the state of its
 * random numbers; there is nobody to read that file.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

__attribute__((constructor)) static void start(int argc, char **argv) {
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--norun") == 0) dup2(STDERR_FILENO, STDOUT_FILENO);
}

int open(const char *path, int flags, ...) {
    if ((flags & O_ACCMODE) != O_RDONLY && strcmp(path, ".Random.seed") == 0) {
        dup2(STDERR_FILENO, STDOUT_FILENO);
        errno = EROFS;
        return -1;
    }
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return openat(AT_FDCWD, path, flags, mode);
}
