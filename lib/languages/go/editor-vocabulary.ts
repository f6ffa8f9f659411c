import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var true false nil iota".split(
      " ",
    ),
  library:
    "append cap clear close copy delete len make max min new panic print println recover any bool byte comparable error float32 float64 int int8 int16 int32 int64 rune string uint uint8 uint16 uint32 uint64 bufio bytes cmp context errors fmt io maps math math/big math/rand os regexp slices sort strconv strings sync time unicode Println Printf Print Sprintf Sprint Errorf Fprintln Fprintf Fprint Scan Scanln Scanf NewScanner NewReader NewWriter Scanner Text ReadString Flush Split Fields Join Contains HasPrefix HasSuffix TrimSpace ToLower ToUpper Replace Repeat Builder WriteString Itoa Atoi ParseFloat ParseInt Sort SortFunc Reverse Keys Values Sqrt Abs Floor Pow Mutex WaitGroup Done Wait Lock Unlock Sleep Since Now Duration Millisecond Second Is As New Exit Args Stdin Stdout Stderr".split(
      " ",
    ),
  snippets: [
    {
      label: "main",
      detail: "a program",
      body: 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println($0)\n}\n',
    },
    { label: "fori", detail: "count from 0", body: "for ${1:i} := range ${2:count} {\n\t$0\n}" },
    {
      label: "forr",
      detail: "go through a slice or a map",
      body: "for ${1:i}, ${2:item} := range ${3:items} {\n\t$0\n}",
    },
    { label: "iferr", detail: "hand an error on", body: "if err != nil {\n\treturn ${1:err}\n}" },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "input := bufio.NewScanner(os.Stdin)\nfor input.Scan() {\n\tline := input.Text()\n\t$0\n}",
    },
    { label: "go", detail: "a goroutine", body: "go func() {\n\t$0\n}()" },
    { label: "struct", detail: "a struct", body: "type ${1:Name} struct {\n\t$0\n}" },
  ],
};
