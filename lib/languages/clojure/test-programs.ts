import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: {
    "namespaces beside it and below, and text of any language": {
      code: '(require \'[half] \'[shapes.square :as square])\n\n(println (half/of 6) (square/area 3) "größer 世界" (count "世界"))\n',
      files: [
        { path: "half.clj", content: "(ns half)\n\n(defn of [number]\n  (quot number 2))\n" },
        { path: "shapes/square.clj", content: "(ns shapes.square)\n\n(defn area [side]\n  (* side side))\n" },
      ],
      prints: "3 9 größer 世界 2\n",
    },
    "fractions and large numbers": {
      code: "(println (+ 1/3 1/6) (reduce *' (range 1 26)))\n",
      prints: "1/2 15511210043330985984000000N\n",
    },
  },
  failures: {
    "a symbol that is not there": {
      code: '(println "fine")\n(println missing)\n',
      status: "error",
      marked: {
        line: 2,
        column: 1,
        severity: "error",
        message: "Unable to resolve symbol: missing in this context",
      },
    },
    "an exception": {
      code: '(defn half [number]\n  (/ number 0))\n\n(println "so far")\n(println (half 1))\n',
      status: "error",
      marked: {
        line: 2,
        column: null,
        severity: "error",
        message: "ArithmeticException: Divide by zero",
      },
    },
  },
  // `print` holds a line back until it is complete, at a terminal too.
  halfLines: {
    "print, then flush": '(print "loading")\n(flush)\n(while true)\n',
    "print, flush, then sleep": '(print "loading")\n(flush)\n(Thread/sleep 600000)\n',
  },
  // The heap has an end of its own; what is kept here lies outside of it.
  memoryHog: "(loop [kept nil]\n  (recur (cons (java.util.zip.Deflater.) kept)))\n",
  manyLines: '(print (apply str (repeat 65536 "0123456789abcde\\n")))\n(flush)\n',
};
