import math
import os
import struct
import zlib

WIDTH, HEIGHT = 240, 120
WHITE, GREY = (255, 255, 255), (200, 200, 200)
WAVES = [(1, (36, 86, 200)), (2, (191, 43, 43)), (3, (27, 117, 70))]

pixels = [[WHITE] * WIDTH for _ in range(HEIGHT)]
for x in range(WIDTH):
    pixels[HEIGHT // 2][x] = GREY
    for waves, colour in WAVES:
        y = HEIGHT / 2 - math.sin(x / WIDTH * math.tau * waves) * HEIGHT * 0.4 / waves
        for thick in (0, 1):
            pixels[int(y) + thick][x] = colour


def chunk(kind, data):
    """A part of a PNG file."""
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


rows = b"".join(b"\0" + bytes(part for pixel in row for part in pixel) for row in pixels)
with open(os.path.join(os.environ["OUTPUT_DIR"], "waves.png"), "wb") as file:
    file.write(b"\x89PNG\r\n\x1a\n")
    file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)))
    file.write(chunk(b"IDAT", zlib.compress(rows)))
    file.write(chunk(b"IEND", b""))
print(f"waves.png: {WIDTH} x {HEIGHT} points")
