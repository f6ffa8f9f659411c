import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "actor any as associatedtype async await break case catch class continue default defer deinit do else enum extension fallthrough false fileprivate final for func get guard if import in indirect init inout internal is lazy let mutating nil open operator override private protocol public repeat required rethrows return self Self set some static struct subscript super switch throw throws true try typealias unowned var weak where while".split(
      " ",
    ),
  library:
    "Any AnyObject Array Bool Character Codable Collection Comparable CustomStringConvertible Dictionary Double Equatable Error Float Hashable Identifiable Int Int64 Never Optional Range Result Sequence Set String Substring UInt UInt8 Void Task abs assert fatalError max min precondition print readLine stride swap zip allSatisfy append compactMap contains count description dropFirst dropLast enumerated filter first firstIndex flatMap forEach hasPrefix hasSuffix indices insert isEmpty joined keys last lowercased map prefix randomElement reduce remove removeLast repeating reversed rounded shuffled sort sorted split squareRoot suffix uppercased values Foundation Glibc".split(
      " ",
    ),
  snippets: [
    { label: "func", detail: "a function", body: "func ${1:name}(${2}) -> ${3:Int} {\n\t$0\n}" },
    { label: "fori", detail: "count from 0", body: "for ${1:i} in 0..<${2:count} {\n\t$0\n}" },
    { label: "forin", detail: "go through a collection", body: "for ${1:item} in ${2:items} {\n\t$0\n}" },
    {
      label: "guard",
      detail: "go on only with a value",
      body: "guard let ${1:value} = ${2:optional} else {\n\t$0\n}",
    },
    { label: "lines", detail: "read the input line by line", body: "while let line = readLine() {\n\t$0\n}" },
    { label: "struct", detail: "a struct", body: "struct ${1:Name} {\n\t$0\n}" },
    {
      label: "switch",
      detail: "choose by a pattern",
      body: "switch ${1:value} {\ncase ${2:pattern}:\n\t$0\ndefault:\n\tbreak\n}",
    },
  ],
};
