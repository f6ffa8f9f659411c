#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { WIDTH = 240, HEIGHT = 120 };

static unsigned char pixels[HEIGHT][WIDTH];

/* White, grey, blue, red and green; a GIF of this kind has a table of 128 colours. */
static unsigned char colours[128 * 3] = {
    255, 255, 255, 200, 200, 200, 36, 86, 200, 191, 43, 43, 27, 117, 70,
};

static void draw(void) {
    for (int x = 0; x < WIDTH; x++) {
        pixels[HEIGHT / 2][x] = 1;
        for (int waves = 1; waves <= 3; waves++) {
            double height = sin(2 * acos(-1) * x / WIDTH * waves) * HEIGHT * 0.4 / waves;
            int y = (int)(HEIGHT / 2 - height);
            pixels[y][x] = pixels[y + 1][x] = (unsigned char)(waves + 1);
        }
    }
}

/* Writes a GIF without compression: before every 100 points it is told to forget what it has learnt. */
static void write_gif(FILE *file) {
    unsigned char head[] = {WIDTH, 0, HEIGHT, 0, 0xf6, 0, 0};
    unsigned char image[] = {',', 0, 0, 0, 0, WIDTH, 0, HEIGHT, 0, 0, 7};
    fwrite("GIF89a", 1, 6, file);
    fwrite(head, 1, sizeof head, file);
    fwrite(colours, 1, sizeof colours, file);
    fwrite(image, 1, sizeof image, file);
    const unsigned char *all = &pixels[0][0];
    for (int at = 0; at < WIDTH * HEIGHT; at += 100) {
        fputc(101, file);
        fputc(0x80, file);
        fwrite(all + at, 1, 100, file);
    }
    fwrite("\x01\x81\x00;", 1, 4, file);
}

int main(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s/waves.gif", getenv("OUTPUT_DIR"));
    FILE *file = fopen(path, "wb");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    draw();
    write_gif(file);
    fclose(file);
    printf("waves.gif: %d x %d points\n", WIDTH, HEIGHT);
}
