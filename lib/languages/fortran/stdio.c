/*
 * Linked into every program of Objective-C, D and COBOL, and into assembly that calls the C library, as its fuller sister is into programs of
 * C. Output is written line by line, as at a terminal, so that it is seen while the program runs; with input that is read line by line,
 * glibc also writes a prompt before it waits for an answer. What is then still held is written when the supervisor is about to end the program.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <string.h>
#include <unistd.h>

/* Of a stream that is written line by line only what follows the last line end: what is before it is on its way. */
static void write_half_line(FILE *stream) {
    const char *from = stream->_IO_write_base, *to = stream->_IO_write_ptr;
    if (from >= to) return;
    const char *line_end = __flbf(stream) ? memrchr(from, '\n', (size_t)(to - from)) : NULL;
    if (line_end) from = line_end + 1;
    while (from < to) {
        ssize_t written = write(stream->_fileno, from, (size_t)(to - from));
        if (written > 0) from += written;
        else if (errno != EINTR) return;
    }
}

/*
 * The program may be anywhere, also within printf, so its buffers are only read, and it does not go on: it is killed next. No other process
 * has the number 1, or 0, which is one outside of the sandbox's processes, so a program that sends itself SIGURG notices nothing.
 */
static void before_the_end(int _, siginfo_t *info, void *__) {
    if (info->si_code != SI_USER || info->si_pid > 1) return;
    write_half_line(stdout);
    for (;;) pause();
}

__attribute__((constructor)) static void start(void) {
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    setvbuf(stdin, NULL, _IOLBF, BUFSIZ);
    struct sigaction action = {.sa_sigaction = before_the_end, .sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK};
    sigfillset(&action.sa_mask);
    sigaction(SIGURG, &action, NULL);
}
