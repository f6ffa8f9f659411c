#!/bin/sh
# Assembles each source and links them: with the C library where there is a `main` or the sources lack something, else as they are.
for source; do
  object=${source%.*}.o
  nasm -f elf64 -g -F dwarf -o "$object" "$source" || exit
  shift
  set -- "$@" "$object"
done
# Without this the linker warns of every object of NASM's that it does not say whether its stack holds code.
stack=-z,noexecstack
if nm -P "$@" | grep -q '^main T '; then
  exec gcc -no-pie -Wl,$stack -o main "$@" /usr/lib/quicksand/stdio.o -lm
fi
ld -z noexecstack -o main "$@" 2>/dev/null || exec gcc -no-pie -nostartfiles -Wl,$stack -o main "$@" -lm
