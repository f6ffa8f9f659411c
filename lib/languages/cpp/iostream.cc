// Linked into every program of C++: what its streams still hold after `sync_with_stdio(false)`, for stdio.c.
#include <ext/stdio_filebuf.h>
#include <iostream>
#include <typeinfo>

extern "C" void (*__quicksand_write_streams)(void (*write_held)(int, const char *, const char *));

namespace {

using file_buffer = __gnu_cxx::stdio_filebuf<char>;

// The ends of what a buffer holds are protected members; a derived class may take their addresses.
struct held : std::streambuf {
    static constexpr auto from = &held::pbase, to = &held::pptr;
};

void write_streams(void (*write_held)(int, const char *, const char *)) {
    for (std::ostream *stream : {&std::cout, &std::clog}) {
        std::streambuf *buffer = stream->rdbuf();
        // Only the library's own: the program may have put any other in its place.
        if (buffer && typeid(*buffer) == typeid(file_buffer))
            write_held(static_cast<file_buffer *>(buffer)->fd(), (buffer->*held::from)(), (buffer->*held::to)());
    }
}

__attribute__((constructor)) void start() { __quicksand_write_streams = write_streams; }

}  // namespace
