import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "abstract as async base bool break case catch char class const construct continue default delegate delete do double else enum ensures errordomain false finally float for foreach get if in inline int int64 interface internal is lock long namespace new null out override owned private protected public ref requires return set signal sizeof static string struct switch this throw throws true try uint uint8 unichar unowned using value var virtual void weak while yield".split(
      " ",
    ),
  library:
    "Gee ArrayList HashMap HashSet LinkedList PriorityQueue TreeMap GLib Math Object Error IOError Regex StringBuilder Thread DateTime Random File Environment MainLoop Timeout print printerr printf stdin stdout stderr read_line puts assert warning message split split_set strip up down contains has_prefix has_suffix index_of length substring replace joinv to_string parse add add_all get set has_key keys values entries remove size is_empty sort slice foreach map filter fold append append_printf str abs sqrt pow floor sin cos PI max min clamp".split(
      " ",
    ),
  snippets: [
    { label: "main", detail: "a main function", body: "void main() {\n\t$0\n}" },
    {
      label: "fori",
      detail: "count from 0",
      body: "for (int ${1:i} = 0; ${1:i} < ${2:count}; ${1:i}++) {\n\t$0\n}",
    },
    {
      label: "foreach",
      detail: "go through a collection",
      body: "foreach (var ${1:item} in ${2:items}) {\n\t$0\n}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "string? line;\nwhile ((line = stdin.read_line()) != null) {\n\t$0\n}",
    },
    {
      label: "class",
      detail: "a class",
      body: "class ${1:Name} : Object {\n\tpublic ${2:int} ${3:value} { get; set; }\n$0\n}",
    },
  ],
};
