"""Loaded by every interpreter of this image before its program; what it makes is taken away again, so that a program finds it empty."""
import _signal, gc, sys


def _flush(number, frame, sys=sys):
    """What has been printed but is still held, such as half a line, is written when the program is about to be ended."""
    for stream in sys.stdout, sys.__stdout__, sys.stderr:
        try:
            stream.flush()
        except Exception:  # Closed, replaced by something else, or just being written.
            pass


# Output line by line, as at a terminal: what a program prints is seen while it runs, not when 8 KB have come together.
if sys.stdout is not None:
    sys.stdout.reconfigure(line_buffering=True)

# Only the main thread of the main interpreter may.
try:
    _signal.signal(_signal.SIGURG, _flush)
except ValueError:
    pass

# What the interpreter has made for itself by now is left alone by the garbage collector, which goes through all of it several times when
# a program ends: a tenth of what Python takes in all.
gc.freeze()

# With `-X standby` the interpreter is started before there is a program. It waits here, ready but for main.py, for a line on descriptor 6
# that says where its input is (`-` is where it is) and what arguments there are, with odd bytes as octal escapes.
if sys._xoptions.pop("standby", False):
    import os

    def _word(encoded):
        first, *rest = encoded.split(b"\\0")
        return first + b"".join(bytes([int(part[:3], 8)]) + part[3:] for part in rest)

    def _line():
        line = b""
        while not line.endswith(b"\n"):
            line += os.read(6, 65536)
        return line

    def _stand_by():
        line = _line()
        # In a cell the launcher comes first (lib/sandbox/cell/forking-launcher.ts), which returns for each run in a process of its own.
        if line.startswith(b"launcher\n"):
            while more := os.read(6, 65536):
                line += more
            os.close(6)
            # Compiled first, so that what the compiler holds is gone before there are runs.
            exec(compile(line[9:], "launcher", "exec"), {"__name__": "launcher"})
            line = _line()
        os.close(6)
        source, *words = line[:-1].split(b" ")
        if source != b"-":
            fd = os.open(source, os.O_RDONLY)
            os.dup2(fd, 0)
            os.close(fd)
        sys.argv += [os.fsdecode(_word(word[1:])) for word in words]

    # A shell starts a job in the background with these two ignored, which a program must not notice.
    _signal.signal(_signal.SIGINT, _signal.default_int_handler)
    _signal.signal(_signal.SIGQUIT, _signal.SIG_DFL)
    _stand_by()
    del os, _word, _line, _stand_by

del _signal, gc, _flush
