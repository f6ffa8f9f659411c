#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { HEIGHT = 6, WIDTH = 12, STEPS = 4 };

typedef bool World[HEIGHT][WIDTH];

/* The next generation. The world has no edge: it goes on at the other side. */
static void step(World world) {
    World next;
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            int neighbours = 0;
            for (int dy = -1; dy <= 1; dy++)
                for (int dx = -1; dx <= 1; dx++)
                    if (dy || dx) neighbours += world[(y + dy + HEIGHT) % HEIGHT][(x + dx + WIDTH) % WIDTH];
            next[y][x] = neighbours == 3 || (neighbours == 2 && world[y][x]);
        }
    }
    memcpy(world, next, sizeof next);
}

int main(void) {
    World world = {{0, 1}, {0, 0, 1}, {1, 1, 1}};
    for (int number = 0; number <= STEPS; number++) {
        printf("Step %d\n", number);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) putchar(world[y][x] ? '#' : '.');
            putchar('\n');
        }
        step(world);
    }
}
