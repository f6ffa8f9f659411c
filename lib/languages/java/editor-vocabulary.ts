import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "abstract assert boolean break byte case catch char class continue default do double else enum extends final finally float for if implements import instanceof int interface long new null package permits private protected public record return sealed short static super switch synchronized this throw throws transient true false try var void volatile while yield".split(
      " ",
    ),
  library:
    "System String StringBuilder Integer Long Double Boolean Character Math Object Record Thread Runnable Exception RuntimeException IllegalArgumentException IllegalStateException ArithmeticException NullPointerException IndexOutOfBoundsException NumberFormatException Scanner List ArrayList LinkedList Map HashMap TreeMap LinkedHashMap Set HashSet TreeSet Queue Deque ArrayDeque PriorityQueue Arrays Collections Comparator Iterator Optional Random Objects Stream IntStream Collectors Function Predicate Supplier Consumer BigInteger BigDecimal BufferedReader InputStreamReader IOException Files Path Duration Instant LocalDate println print printf format formatted length charAt substring split strip equals hashCode toString compareTo valueOf parseInt hasNext nextInt nextLine hasNextLine add get put remove contains containsKey getOrDefault merge isEmpty size stream map filter reduce collect forEach sorted limit toList toArray".split(
      " ",
    ),
  snippets: [
    {
      label: "main",
      detail: "a class with a main method",
      body: "public class ${1:Main} {\n\tpublic static void main(String[] args) {\n\t\t$0\n\t}\n}",
    },
    { label: "sout", detail: "print a line", body: "System.out.println($0);" },
    {
      label: "fori",
      detail: "count from 0",
      body: "for (int ${1:i} = 0; ${1:i} < ${2:count}; ${1:i}++) {\n\t$0\n}",
    },
    {
      label: "foreach",
      detail: "go through a collection",
      body: "for (var ${1:item} : ${2:items}) {\n\t$0\n}",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "var input = new java.util.Scanner(System.in);\nwhile (input.hasNextLine()) {\n\tvar line = input.nextLine();\n\t$0\n}",
    },
    { label: "record", detail: "a record", body: "record ${1:Point}(${2:int x, int y}) {}" },
  ],
};
