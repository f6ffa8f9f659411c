
# Of our image: what a program prints is seen line by line, as at a terminal. Not all interpreters have the stream.
catch {fconfigure stdout -buffering line}
