import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "abstract alias assert auto bool break byte case cast catch char class const continue dchar default delegate do double else enum false final finally float for foreach foreach_reverse function if immutable import in int interface is lazy long module new null out override private protected public pure real ref return scope shared static string struct super switch template this throw true try typeof ubyte uint ulong unittest version void while with".split(
      " ",
    ),
  library:
    "std.stdio std.algorithm std.array std.conv std.range std.string std.math std.random std.regex std.typecons std.datetime std.format std.file std.json writeln writefln write writef readln stdin stdout byLine byLineCopy to text map filter fold reduce each sort sum count canFind find uniq group chunkBy maxElement minElement any all iota take drop zip enumerate retro chain array assocArray join split splitter strip toLower toUpper replace startsWith endsWith indexOf format parse abs sqrt pow PI tuple Tuple Nullable length ptr dup idup keys values byKey byValue byKeyValue remove Exception enforce".split(
      " ",
    ),
  snippets: [
    { label: "main", detail: "a program", body: "import std.stdio;\n\nvoid main()\n{\n\t$0\n}\n" },
    { label: "foreach", detail: "a loop", body: "foreach (${1:i}; ${2:0 .. n})\n{\n\t$0\n}" },
    { label: "struct", detail: "a struct", body: "struct ${1:Name}\n{\n\t${2:int} ${3:field};\n}\n" },
    { label: "class", detail: "a class", body: "class ${1:Name}\n{\n\tthis(${2})\n\t{\n\t\t$0\n\t}\n}\n" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "foreach (${1:line}; stdin.byLine)\n{\n\t$0\n}",
    },
    {
      label: "numbers",
      detail: "a line of numbers from the input",
      body: "auto ${1:numbers} = readln.split.map!(to!int).array;",
    },
  ],
};
