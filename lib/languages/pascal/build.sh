#!/bin/sh
# Free Pascal speaks on standard output, where nobody looks for what is wrong with a program; and the linker warns of Free Pascal's own
# objects, which nobody can change. What it says is shown where it could not link.
said=/tmp/.linker
fpc "$@" >&2 2>$said
status=$?
[ $status = 0 ] || cat $said >&2
rm -f $said
exit $status
