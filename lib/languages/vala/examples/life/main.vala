const int HEIGHT = 6;
const int WIDTH = 12;
const int STEPS = 4;

int neighbours(bool[,] world, int y, int x) {
    int count = 0;
    for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
            // The world has no edge: it goes on at the other side.
            bool alive = world[(y + dy + HEIGHT) % HEIGHT, (x + dx + WIDTH) % WIDTH];
            if (alive && (dy != 0 || dx != 0)) count++;
        }
    }
    return count;
}

bool[,] step(bool[,] world) {
    var next = new bool[HEIGHT, WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
            int count = neighbours(world, y, x);
            next[y, x] = count == 3 || (count == 2 && world[y, x]);
        }
    }
    return next;
}

void main() {
    var world = new bool[HEIGHT, WIDTH];
    world[0, 1] = true;
    world[1, 2] = true;
    world[2, 0] = true;
    world[2, 1] = true;
    world[2, 2] = true;

    for (int number = 0; number <= STEPS; number++) {
        print("Step %d\n", number);
        for (int y = 0; y < HEIGHT; y++) {
            var row = new StringBuilder();
            for (int x = 0; x < WIDTH; x++) row.append(world[y, x] ? "#" : ".");
            print("%s\n", row.str);
        }
        world = step(world);
    }
}
