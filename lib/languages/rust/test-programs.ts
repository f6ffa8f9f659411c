import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "modules beside it and below, and text of any language": {
      code: 'mod half;\nmod shapes;\n\nfn main() {\n    let text = "größer 世界";\n    println!("{} {} {text} {}", half::of(6), shapes::square::area(3), text.chars().count());\n}\n',
      files: [
        { path: "half.rs", content: "pub fn of(number: i32) -> i32 {\n    number / 2\n}\n" },
        { path: "shapes/mod.rs", content: "pub mod square;\n" },
        { path: "shapes/square.rs", content: "pub fn area(side: i32) -> i32 {\n    side * side\n}\n" },
      ],
      prints: "3 9 größer 世界 9\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: 'fn main() {\n    let half = missing / 2;\n    println!("{half}");\n}\n',
      status: "compile_error",
      marked: {
        line: 2,
        column: 16,
        severity: "error",
        message: "cannot find value `missing` in this scope",
      },
    },
    "a panic": {
      code: 'fn first(numbers: &[i32]) -> i32 {\n    numbers[0]\n}\n\nfn main() {\n    println!("{}", first(&[]));\n}\n',
      status: "error",
      marked: {
        line: 2,
        column: 5,
        severity: "error",
        message: "index out of bounds: the len is 0 but the index is 0",
      },
    },
    "an overflow": {
      code: 'fn main() {\n    let mut number: u8 = 250;\n    for _ in 0..10 {\n        number += 1;\n    }\n    println!("{number}");\n}\n',
      status: "error",
      marked: { line: 4, column: 9, severity: "error", message: "attempt to add with overflow" },
    },
  },
  // `print!` holds a line back until it is complete, at a terminal too.
  halfLines: {
    "print!, then flush":
      'use std::io::{self, Write};\n\nfn main() {\n    print!("loading");\n    io::stdout().flush().unwrap();\n    loop {}\n}\n',
  },
  memoryHog:
    "fn main() {\n    let mut kept = Vec::new();\n    loop {\n        kept.push(vec![1u8; 1 << 20]);\n        std::hint::black_box(&kept);\n    }\n}\n",
  manyLines: 'fn main() {\n    print!("{}", "0123456789abcde\\n".repeat(65_536));\n}\n',
};
