import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "and as assert begin class do done downto else end exception external false for fun function functor if in include lazy let match method module mutable new nonrec object of open private rec sig struct then to true try type val when while with mod land lor lxor lsl lsr".split(
      " ",
    ),
  library:
    "Array Buffer Bytes Char Float Fun Hashtbl In_channel Int List Map Option Out_channel Printf Queue Random Result Scanf Seq Set Stack Stdlib Str String Sys Unix Ok Error Some None Not_found Failure Invalid_argument End_of_file abs compare failwith float_of_int float_of_string fst ignore incr decr input_line int_of_float int_of_string invalid_arg max min not print_char print_endline print_float print_int print_newline print_string printf sprintf eprintf flush raise read_int read_line ref snd sqrt stdin stdout string_of_int string_of_float append concat exists filter filter_map find find_opt fold_left fold_right for_all hd init iter iteri length map mapi mem nth rev sort sort_uniq split_on_char tl trim lowercase_ascii uppercase_ascii make get set add remove replace cardinal bindings to_seq of_seq of_list to_list input_all input_lines".split(
      " ",
    ),
  snippets: [
    { label: "main", detail: "what the program does", body: "let () =\n\t$0" },
    { label: "fn", detail: "a function", body: "let ${1:name} ${2:x} =\n\t$0" },
    {
      label: "match",
      detail: "choose by a pattern",
      body: "match ${1:value} with\n| ${2:pattern} -> ${3:result}\n| _ -> $0",
    },
    { label: "fori", detail: "count", body: "for ${1:i} = 0 to ${2:count} - 1 do\n\t$0\ndone" },
    { label: "printf", detail: "print a line", body: 'Printf.printf "${1:%d}\\n" $0' },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "In_channel.input_lines stdin |> List.iter (fun line ->\n\t$0)",
    },
  ],
};
