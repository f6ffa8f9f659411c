#include <iostream>
#include <string>

std::string greet(const std::string& name) {
    return "Hello, " + name + "!";
}

int main() {
    std::string line;

    while (std::getline(std::cin, line)) {
        std::cout << greet(line) << '\n';
    }
}
