#include <cstdlib>
#include <iostream>
#include <vector>

constexpr int SIZE = 8;

// All ways to go on when the queens of the rows above stand in these columns.
void place(std::vector<int>& columns, std::vector<std::vector<int>>& solutions) {
    const int row = static_cast<int>(columns.size());
    if (row == SIZE) {
        solutions.push_back(columns);
        return;
    }
    for (int column = 0; column < SIZE; ++column) {
        bool free = true;
        for (int above = 0; above < row; ++above)
            if (columns[above] == column || std::abs(columns[above] - column) == row - above) free = false;
        if (!free) continue;
        columns.push_back(column);
        place(columns, solutions);
        columns.pop_back();
    }
}

int main() {
    std::vector<int> columns;
    std::vector<std::vector<int>> solutions;
    place(columns, solutions);
    for (int column : solutions.front())
        for (int x = 0; x < SIZE; ++x) std::cout << (x == column ? 'Q' : '.') << (x == SIZE - 1 ? '\n' : ' ');
    std::cout << solutions.size() << " solutions\n";
}
