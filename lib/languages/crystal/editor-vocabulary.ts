import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "abstract alias annotation begin break case class def do else elsif end ensure enum extend false for if in include lib macro module next nil of private protected require rescue return select self struct super then true typeof unless until when while with yield".split(
      " ",
    ),
  library:
    "Array Bool Char Channel Deque Exception File Float64 Hash Int32 Int64 IO JSON Math NamedTuple Nil Object Proc Random Range Regex Set STDERR STDIN STDOUT String Symbol Time Tuple UInt8 UInt64 abs all any compact_map chars count dup each each_char each_line each_with_index empty fetch first flatten flush gets gets_to_end group_by has_key includes index join keys last lines loop map max max_by min min_by new none p pp print printf product puts raise read_line record reduce reject rescue reverse round select select shuffle size sleep sort sort_by spawn split sprintf starts_with step strip sub sum swap tally times to_a to_f to_i to_s to_set upcase downcase upto downto values zip".split(
      " ",
    ),
  snippets: [
    { label: "def", detail: "a method", body: "def ${1:name}(${2})\n\t$0\nend" },
    {
      label: "class",
      detail: "a class",
      body: "class ${1:Name}\n\tdef initialize(@${2:value} : ${3:Int32})\n\tend\n$0\nend",
    },
    { label: "each", detail: "go through a collection", body: "${1:items}.each do |${2:item}|\n\t$0\nend" },
    { label: "times", detail: "count from 0", body: "${1:count}.times do |${2:i}|\n\t$0\nend" },
    { label: "case", detail: "choose by a pattern", body: "case ${1:value}\nwhen ${2:pattern}\n\t$0\nend" },
    { label: "lines", detail: "read the input line by line", body: "STDIN.each_line do |line|\n\t$0\nend" },
  ],
};
