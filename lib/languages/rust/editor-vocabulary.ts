import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while".split(
      " ",
    ),
  library:
    "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize Box Err None Ok Option Result Some String Vec HashMap HashSet BTreeMap BTreeSet VecDeque BinaryHeap Rc RefCell Arc Mutex Clone Copy Debug Default Display Drop Eq From Hash Into Iterator Ord PartialEq PartialOrd ToString print println eprintln format panic assert assert_eq vec write writeln matches todo unreachable derive std collections fmt io env fs thread time cmp read_line read_to_string stdin stdout lines lock flush iter into_iter iter_mut map filter fold sum collect enumerate zip rev take skip chars bytes split split_whitespace trim parse unwrap unwrap_or unwrap_or_default expect is_some is_none as_str to_string to_owned clone len is_empty push push_str pop insert remove get get_mut entry or_insert or_default contains contains_key sort sort_by sort_by_key min max abs pow".split(
      " ",
    ),
  snippets: [
    { label: "main", detail: "a main function", body: "fn main() {\n\t$0\n}" },
    { label: "fn", detail: "a function", body: "fn ${1:name}(${2}) -> ${3:i32} {\n\t$0\n}" },
    { label: "fori", detail: "count from 0", body: "for ${1:i} in 0..${2:count} {\n\t$0\n}" },
    {
      label: "match",
      detail: "choose by a pattern",
      body: "match ${1:value} {\n\t${2:pattern} => ${3:result},\n\t_ => $0,\n}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "for line in std::io::stdin().lines() {\n\tlet line = line.unwrap();\n\t$0\n}",
    },
    { label: "struct", detail: "a struct", body: "#[derive(Debug)]\nstruct ${1:Name} {\n\t$0\n}" },
    { label: "impl", detail: "methods of a type", body: "impl ${1:Name} {\n\t$0\n}" },
  ],
};
