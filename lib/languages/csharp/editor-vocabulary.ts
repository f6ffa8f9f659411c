import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit false finally fixed float for foreach get if implicit in int interface internal is lock long namespace new null object operator out override params partial private protected public readonly ref return sbyte sealed set short sizeof static string struct switch this throw true try typeof uint ulong unchecked unsafe using value var virtual void volatile when where while yield".split(
      " ",
    ),
  library:
    "System Console WriteLine Write ReadLine ReadToEnd In Out Error String Int32 Double Math Random DateTime TimeSpan Environment Convert Array List Dictionary HashSet Queue Stack SortedDictionary LinkedList IEnumerable IComparable KeyValuePair Tuple Func Action Predicate Task Thread Exception ArgumentException InvalidOperationException FormatException StringBuilder Append BigInteger Regex Linq Collections Generic Text IO Threading Numerics Select Where OrderBy OrderByDescending ThenBy GroupBy Aggregate Sum Min Max Average Count Any All First FirstOrDefault Take Skip Distinct ToList ToArray ToDictionary Zip Range Repeat Add Remove Contains ContainsKey TryGetValue Length Substring Split Join Trim ToLower ToUpper Replace StartsWith Parse TryParse ToString Equals GetHashCode CompareTo Abs Sqrt Pow Floor Round PI".split(
      " ",
    ),
  snippets: [
    {
      label: "main",
      detail: "a program",
      body: "using System;\n\nclass Program\n{\n\tstatic void Main()\n\t{\n\t\t$0\n\t}\n}\n",
    },
    { label: "cw", detail: "print a line", body: "Console.WriteLine($0);" },
    {
      label: "fori",
      detail: "count from 0",
      body: "for (int ${1:i} = 0; ${1:i} < ${2:count}; ${1:i}++)\n{\n\t$0\n}",
    },
    {
      label: "foreach",
      detail: "go through a collection",
      body: "foreach (var ${1:item} in ${2:items})\n{\n\t$0\n}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "string line;\nwhile ((line = Console.ReadLine()) != null)\n{\n\t$0\n}",
    },
    { label: "prop", detail: "a property", body: "public ${1:int} ${2:Name} { get; set; }" },
  ],
};
