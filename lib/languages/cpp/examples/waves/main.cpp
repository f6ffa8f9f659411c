#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <numbers>
#include <string>
#include <vector>

constexpr int WIDTH = 240;
constexpr int HEIGHT = 120;

// A picture of numbers of colours: white, grey, blue, red and green.
std::string draw() {
    std::string pixels(WIDTH * HEIGHT, '\0');
    for (int x = 0; x < WIDTH; ++x) {
        pixels[HEIGHT / 2 * WIDTH + x] = 1;
        for (int waves = 1; waves <= 3; ++waves) {
            const double height = std::sin(2 * std::numbers::pi * x / WIDTH * waves) * HEIGHT * 0.4 / waves;
            const int y = static_cast<int>(HEIGHT / 2 - height);
            for (int thick : {0, 1}) pixels[(y + thick) * WIDTH + x] = static_cast<char>(waves + 1);
        }
    }
    return pixels;
}

std::string bytes(const std::vector<int>& numbers) {
    return std::string(numbers.begin(), numbers.end());
}

// A GIF without compression: before every 100 points it is told to forget what it has learnt.
std::string gif(const std::string& pixels) {
    std::string colours = bytes({255, 255, 255, 200, 200, 200, 36, 86, 200, 191, 43, 43, 27, 117, 70});
    colours.resize(128 * 3);
    std::string all = "GIF89a" + bytes({WIDTH, 0, HEIGHT, 0, 0xf6, 0, 0}) + colours;
    all += bytes({',', 0, 0, 0, 0, WIDTH, 0, HEIGHT, 0, 0, 7});
    for (std::size_t at = 0; at < pixels.size(); at += 100) all += bytes({101, 0x80}) + pixels.substr(at, 100);
    return all + bytes({1, 0x81, 0, ';'});
}

int main() {
    const char* folder = std::getenv("OUTPUT_DIR");
    std::ofstream(std::string(folder ? folder : ".") + "/waves.gif", std::ios::binary) << gif(draw());
    std::cout << "waves.gif: " << WIDTH << " x " << HEIGHT << " points\n";
}
