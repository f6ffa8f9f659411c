#include <array>
#include <iostream>
#include <string>

constexpr int HEIGHT = 6;
constexpr int WIDTH = 12;
constexpr int STEPS = 4;

using World = std::array<std::string, HEIGHT>;

// The next generation. The world has no edge: it goes on at the other side.
World step(const World& world) {
    World next = world;
    for (int y = 0; y < HEIGHT; ++y) {
        for (int x = 0; x < WIDTH; ++x) {
            int neighbours = 0;
            for (int dy : {-1, 0, 1})
                for (int dx : {-1, 0, 1})
                    if ((dy || dx) && world[(y + dy + HEIGHT) % HEIGHT][(x + dx + WIDTH) % WIDTH] == '#') ++neighbours;
            next[y][x] = neighbours == 3 || (neighbours == 2 && world[y][x] == '#') ? '#' : '.';
        }
    }
    return next;
}

int main() {
    World world = {".#..........", "..#.........", "###.........", "............", "............", "............"};
    for (int number = 0; number <= STEPS; ++number) {
        std::cout << "Step " << number << '\n';
        for (const std::string& row : world) std::cout << row << '\n';
        world = step(world);
    }
}
