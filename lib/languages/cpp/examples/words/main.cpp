#include <algorithm>
#include <cctype>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

int main() {
    std::map<std::string, int> counts;
    std::string word;
    for (std::istreambuf_iterator<char> at(std::cin), end; at != end; ++at) {
        if (std::isalpha(static_cast<unsigned char>(*at))) {
            word += static_cast<char>(std::tolower(static_cast<unsigned char>(*at)));
        } else if (!word.empty()) {
            ++counts[word];
            word.clear();
        }
    }
    if (!word.empty()) ++counts[word];

    std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    if (sorted.size() > 5) sorted.resize(5);
    for (const auto& [text, count] : sorted) std::cout << std::setw(3) << count << ' ' << text << '\n';
}
