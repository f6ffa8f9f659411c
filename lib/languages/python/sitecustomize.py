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


def _freeze(sys=sys, gc=gc):
    """
    What there is by now is left alone by the garbage collector, which goes through all of it several times when a program ends: a tenth of
    what Python takes in all. Not so the names of the program, whose objects would never be finalized then: a dict that holds nothing to be
    followed is none of the collector's, and becomes so with what is put into it.
    """
    names = sys.modules["__main__"].__dict__
    followed = {name: value for name, value in names.items() if not isinstance(value, (str, type(None)))}
    names.update(dict.fromkeys(followed))
    gc.collect()
    gc.freeze()
    names.update(followed)


_freeze()

# With `-X standby` the interpreter is started before there is a program. It waits here, ready but for main.py, for a line on descriptor 6
# that says where its input is (`-` is where it is) and what arguments there are, with odd bytes as octal escapes.
if sys._xoptions.pop("standby", False):
    import os

    def _shorten_end(sys=sys, gc=gc, exit=os._exit):
        """
        A program that comes to its last line is ended here as the interpreter itself would (`Py_FinalizeEx`), as far as that concerns the
        program: its objects are finalized, in the same order. What there was before it is left, since taking it apart takes longer than most
        programs do, after a fork above all. The interpreter goes on from there when something of the program is left, and does it all when
        the program ends otherwise, or has what cannot be seen from here. To be called at the beginning; of what it returns, the first before
        standing by, with what would be freed afterwards, and the second right before the program.
        """
        import _thread, _weakref, atexit

        reference, threads, register, forget = _weakref.ref, _thread._count, atexit.register, atexit._clear
        del sys.modules["atexit"]
        libraries = f"{sys.base_prefix}/lib/python3.13/lib-dynload/", f"{sys.base_prefix}/lib/python3"
        monitoring, returned, known, sizes, libc = sys.monitoring, [], {}, [], []
        events, names = monitoring.events, sys.modules["__main__"].__dict__

        class Sentinel:
            pass

        def main_starts(code, offset):
            if sys._getframe(1).f_globals is names:
                monitoring.set_events(4, 0)
                monitoring.register_callback(4, events.PY_START, None)
                monitoring.set_local_events(4, code, events.PY_RETURN)
            return monitoring.DISABLE

        def of_program(name, module):
            """Whether it is one of the program's own modules, which are not where the libraries are."""
            file = getattr(module, "__file__", None)
            return name == "__main__" or type(file) is str and not file.startswith(libraries)

        def hidden():
            """Threads, what a library in C holds that ends with the process, and what the program has put into modules, or in their place."""
            if threads() or any(len(values) != size for values, size in sizes):
                return True
            more = {name: module for name, module in sys.modules.items() if name not in known}
            if not more.keys().isdisjoint(["_ctypes", "_interpreters", "_multiprocessing"]):
                return True
            if not all(module is None or issubclass(type(module), type(sys)) for module in more.values()):
                return True
            files = [getattr(module, "__file__", None) for module in more.values()]
            return any(type(file) is str and file.endswith(".so") and not file.startswith(libraries[0]) for file in files)

        def flush():
            for stream in sys.stdout, sys.stderr:
                if stream is not None and not stream.closed:
                    stream.flush()
            if libc:
                libc[0].fflush(None)

        def end():
            nonlocal names
            try:
                if not returned or hidden():
                    return
                flush()
            except BaseException:
                return  # A program may have changed what is looked at here. The interpreter reports it.
            modules = sys.modules
            # They have all been called, and hold what they are made of.
            forget()
            if gc.isenabled():
                gc.collect()
            known["builtins"]._ = None
            for name in "path", "argv", "ps1", "ps2", "last_exc", "last_type", "last_value", "last_traceback":
                setattr(sys, name, None)
            sys.path_importer_cache = sys.meta_path = None
            for name in "stdin", "stdout", "stderr":
                setattr(sys, name, getattr(sys, f"__{name}__", None))
            names, left = None, []
            for name, module in list(modules.items()):
                if name not in known and module is not None:
                    # Held by functions, the names of a module can outlive it.
                    sentinel = Sentinel()
                    if of_program(name, module):
                        module.__dict__[sentinel] = None
                    left.append((name, reference(module), reference(sentinel)))
                modules[name] = module = sentinel = None
            modules.clear()
            gc.collect()
            if any(sentinel() for _, _, sentinel in left):
                modules.update(known)
                modules.update((name, module()) for name, module, _ in left)
                return
            try:
                flush()
            except BaseException:
                exit(120)
            exit(0)

        def stay(*kept):
            """Nor is anything freed before the program starts: after a fork, that is to copy the page that it is in."""
            frame = sys._getframe()
            codes = []
            while frame:
                codes.append(frame.f_code)
                frame = frame.f_back
            end.kept = kept, codes
            known.update(sys.modules)
            del known["__main__"]
            # The two are not done yet.
            others = (module.__dict__ for name, module in known.items() if name not in ("site", "sitecustomize"))
            sizes.extend((values, len(values)) for values in others)
            if "ctypes" in known:
                libc.append(known["ctypes"].CDLL(None))

        def arm(launcher):
            end.launcher = launcher
            monitoring.use_tool_id(4, "quicksand")
            monitoring.register_callback(4, events.PY_RETURN, lambda *_: returned.append(True))
            monitoring.register_callback(4, events.PY_START, main_starts)
            monitoring.set_events(4, events.PY_START)

        # Registered first, and so called last.
        register(end)
        return stay, arm

    _stay, _arm = _shorten_end()

    def _word(encoded):
        first, *rest = encoded.split(b"\\0")
        return first + b"".join(bytes([int(part[:3], 8)]) + part[3:] for part in rest)

    def _line():
        line = b""
        while not line.endswith(b"\n"):
            line += os.read(6, 65536)
        return line

    def _stand_by():
        launcher = {"__name__": "launcher", "freeze": _freeze}
        line = _line()
        # In a cell the launcher comes first (lib/sandbox/cell/forking-launcher.ts), which returns for each run in a process of its own.
        if line.startswith(b"launcher\n"):
            while more := os.read(6, 65536):
                line += more
            os.close(6)
            # Compiled first, so that what the compiler holds is gone before there are runs.
            exec(compile(line[9:], "launcher", "exec"), launcher)
            line = _line()
        os.close(6)
        source, *words = line[:-1].split(b" ")
        if source != b"-":
            fd = os.open(source, os.O_RDONLY)
            os.dup2(fd, 0)
            os.close(fd)
        sys.argv += [os.fsdecode(_word(word[1:])) for word in words]
        return launcher

    # A shell starts a job in the background with these two ignored, which a program must not notice.
    _signal.signal(_signal.SIGINT, _signal.default_int_handler)
    _signal.signal(_signal.SIGQUIT, _signal.SIG_DFL)
    _stay(_word, _line, _stand_by, _shorten_end, _freeze)
    _arm(_stand_by())
    del os, _word, _line, _stand_by, _shorten_end, _stay, _arm

del _signal, gc, _flush, _freeze
