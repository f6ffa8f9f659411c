"""Loaded by every interpreter of this image before its program; what it makes is taken away again, so that a program finds it empty."""
import _signal, gc, os, sys


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


def _seed(fonts="/usr/lib/quicksand/matplotlib"):
    """Matplotlib wants a folder that it may write to; the image's list of fonts is put there, which it would make for a second."""
    folder = os.environ.get("MPLCONFIGDIR")
    try:
        os.mkdir(folder)
        for name in os.listdir(fonts):
            os.symlink(f"{fonts}/{name}", f"{folder}/{name}")
    except (OSError, TypeError):  # Made by an earlier interpreter, or not wanted.
        pass


_seed()

# With `-X standby` the interpreter is started before there is a program. It waits here, ready but for main.py, for a line on descriptor 6
# that says where its input is (`-` is where it is) and what arguments there are, with odd bytes as octal escapes.
_standby = sys._xoptions.pop("standby", False)
if _standby:
    # What takes a second to import and most programs use. scipy and sklearn are left out: with them little of a guest's memory is left.
    _before = set(sys.modules)
    import matplotlib.pyplot, numpy, pandas, quicksand_figures

    _early = {name.partition(".")[0] for name in set(sys.modules) - _before}
    del matplotlib, numpy, pandas, quicksand_figures, _before

# What is there by now is left alone by the garbage collector, which goes through all of it several times when a program ends: a tenth of
# what Python takes in all.
gc.freeze()

if _standby:

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
    # In a cell /tmp is another one by now.
    _seed()
    # A file of the program's own comes before a library, also before one that is imported already: then it is started anew, without any.
    if not _early.isdisjoint(name.partition(".")[0] for name in os.listdir()):
        os.execv(sys.executable, ["python3", *sys.argv])
    del _word, _line, _stand_by, _early

del _signal, gc, os, _flush, _seed, _standby
