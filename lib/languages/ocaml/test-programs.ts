import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "modules beside it and below, in any order, and text of any language": {
      code: 'let () = Printf.printf "%d %d größer 世界\\n" (Area.twice 3) (Half.of_int 6)\n',
      files: [
        { path: "area.ml", content: "let twice n = 2 * Square.area n\n" },
        { path: "shapes/square.ml", content: "let area side = side * side\n" },
        { path: "half.ml", content: "let hidden = 2\nlet of_int n = n / hidden\n" },
        { path: "half.mli", content: "val of_int : int -> int\n" },
      ],
      prints: "18 3 größer 世界\n",
    },
    "expressions for text, and the system": {
      code: 'let () =\n  let words = Str.split (Str.regexp "[ ,]+") "one, two three" in\n  Printf.printf "%d %b\\n" (List.length words) (Unix.gettimeofday () > 0.)\n',
      prints: "3 true\n",
    },
  },
  failures: {
    "an error of the compiler": {
      code: 'let () = print_endline "fine"\nlet half = )\n',
      status: "compile_error",
      marked: { line: 2, column: 12, endColumn: 13, severity: "error", message: "Syntax error" },
    },
    "an exception": {
      code: "let half number =\n  if number = 0 then raise Not_found;\n  number / 2\n\nlet () = print_int (half (Array.length Sys.argv - 1))\n",
      status: "error",
      marked: { line: 2, column: 22, endColumn: 37, severity: "error", message: "Not_found" },
    },
  },
  // Where nobody sees it at once, OCaml holds output back until it is told not to.
  halfLines: {
    "print_string, then flush":
      'let () =\n  print_string "loading";\n  flush stdout;\n  while true do\n    ()\n  done\n',
    "printf, flushed, then sleep": 'let () =\n  Printf.printf "loading%!";\n  Unix.sleep 600\n',
  },
  memoryHog:
    "let kept = ref []\n\nlet () =\n  while true do\n    kept := Bytes.make 1048576 'x' :: !kept\n  done\n",
  manyLines: 'let () =\n  for _i = 1 to 65536 do\n    print_string "0123456789abcde\\n"\n  done\n',
};
