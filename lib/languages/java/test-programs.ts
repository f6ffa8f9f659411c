import type { TestPrograms } from "../testing/test-programs";

/** A program with this in its `main`. */
const main = (body: string) =>
  `public class Main {\n    public static void main(String[] args) throws Exception {\n        ${body}\n    }\n}\n`;

export const programs: TestPrograms = {
  works: {
    "every package that is listed": {
      code: `import com.google.common.collect.ImmutableList;
import com.google.gson.Gson;
import java.util.List;
import org.apache.commons.collections4.CollectionUtils;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.math3.util.ArithmeticUtils;

public class Main {
    public static void main(String[] args) {
        List<Integer> some = ImmutableList.of(1, 2, 3);
        System.out.println(new Gson().toJson(some) + " " + StringUtils.reverse("abc") + " "
            + ArithmeticUtils.gcd(12, 18) + " " + CollectionUtils.intersection(some, List.of(2, 3, 4)));
    }
}
`,
      prints: "[1,2,3] cba 6 [2, 3]\n",
    },
    "classes beside it, packages below, and text of any language": {
      code: 'import shapes.Square;\n\nclass Start {\n    public static void main(String[] args) {\n        System.out.println(new Square(3).area() + " " + Half.of(6) + " größer 世界");\n    }\n}\n',
      files: [
        {
          path: "shapes/Square.java",
          content:
            "package shapes;\n\npublic record Square(int side) {\n    public int area() {\n        return side * side;\n    }\n}\n",
        },
        {
          path: "tools.java",
          content: "class Half {\n    static int of(int number) {\n        return number / 2;\n    }\n}\n",
        },
      ],
      prints: "9 3 größer 世界\n",
    },
    "a public class of another name, in a package": {
      code: "package shop.till;\n\npublic class Till {\n    public static void main(String[] args) {\n        System.out.println(Till.class.getName());\n    }\n}\n",
      prints: "shop.till.Till\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: main("int half = missing / 2;"),
      status: "compile_error",
      marked: { line: 3, column: 20, severity: "error", message: "cannot find symbol" },
    },
    "an exception": {
      code: "public class Main {\n    static int half(int number) {\n        return number / 0;\n    }\n\n    public static void main(String[] args) {\n        half(1);\n    }\n}\n",
      status: "error",
      marked: {
        line: 3,
        column: null,
        severity: "error",
        message: "java.lang.ArithmeticException: / by zero",
      },
    },
  },
  halfLines: {
    "System.out": main('System.out.print("loading");\n        while (true) {}'),
    "System.out, then sleep": main('System.out.print("loading");\n        Thread.sleep(600_000);'),
  },
  // The heap has an end of its own; what is kept here lies outside of it.
  memoryHog: main(
    "java.util.List<java.util.zip.Deflater> kept = new java.util.ArrayList<>();\n        for (;;) kept.add(new java.util.zip.Deflater());",
  ),
  manyLines: main('System.out.print("0123456789abcde\\n".repeat(65_536));'),
};
