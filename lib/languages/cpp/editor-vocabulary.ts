import { C_KEYWORDS, C_LIBRARY } from "../c/editor-vocabulary";
import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords: [
    ...C_KEYWORDS,
    ..."alignas alignof catch class co_await co_return co_yield concept consteval constexpr constinit const_cast decltype delete dynamic_cast explicit export friend mutable namespace new noexcept nullptr operator override final private protected public reinterpret_cast requires static_assert static_cast template this throw try typeid typename using virtual".split(
      " ",
    ),
  ],
  library: [
    ..."std cout cin cerr endl getline string string_view to_string stoi stol stod vector array deque list map multimap unordered_map set multiset unordered_set queue priority_queue stack pair make_pair tuple make_tuple get tie optional nullopt variant visit any function bind move forward swap unique_ptr shared_ptr weak_ptr make_unique make_shared begin end size empty push_back emplace_back pop_back front back insert erase find count contains reserve resize sort stable_sort reverse unique lower_bound upper_bound binary_search accumulate iota transform for_each copy fill min max min_element max_element clamp gcd lcm numeric_limits ranges views istringstream ostringstream stringstream ifstream ofstream format chrono thread mutex lock_guard async future runtime_error invalid_argument out_of_range exception mt19937 random_device uniform_int_distribution iostream algorithm numeric memory utility functional sstream fstream iomanip setprecision setw fixed".split(
      " ",
    ),
    ...C_LIBRARY,
  ],
  snippets: [
    { label: "main", detail: "a main function", body: "int main() {\n\t$0\n}" },
    { label: "inc", detail: "include a header", body: "#include <${1:iostream}>" },
    {
      label: "fori",
      detail: "count from 0",
      body: "for (int ${1:i} = 0; ${1:i} < ${2:count}; ++${1:i}) {\n\t$0\n}",
    },
    {
      label: "foreach",
      detail: "go through a container",
      body: "for (const auto& ${1:item} : ${2:items}) {\n\t$0\n}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "for (std::string line; std::getline(std::cin, line);) {\n\t$0\n}",
    },
    { label: "class", detail: "a class", body: "class ${1:Name} {\npublic:\n\t$0\n};" },
  ],
};
