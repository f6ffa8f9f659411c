/*
 * Linked into every program: output is written line by line, as at a terminal, so that it is seen while the program runs. With input that
 * is read line by line, glibc also writes a prompt before it waits for an answer. And Vala's `print` writes question marks for what is not in
 * the locale's set of characters, which without this is ASCII.
 */
#include <locale.h>
#include <stdio.h>

__attribute__((constructor)) static void start(void) {
    setlocale(LC_CTYPE, "");
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    setvbuf(stdin, NULL, _IOLBF, BUFSIZ);
}
