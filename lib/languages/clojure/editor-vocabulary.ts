import type { Vocabulary } from "../editor";

export const VOCABULARY: Vocabulary = {
  keywords:
    "and as-> binding case catch cond cond-> condp def defmacro defmethod defmulti defn defn- defonce defprotocol defrecord deftype do doseq dotimes extend-type finally fn for if if-let if-not if-some lazy-seq let letfn loop new ns or quote recur reify require throw try var when when-let when-not when-some while".split(
      " ",
    ),
  library:
    "abs apply assoc assoc-in atom bigint butlast comp concat conj cons constantly contains count cycle dec dedupe deref disj dissoc distinct doall drop drop-while empty every ex-info ex-message filter filterv first flatten flush format frequencies get get-in group-by hash-map identity inc interleave interpose into iterate juxt key keys keyword last line-seq list map map-indexed mapcat mapv max merge merge-with min mod name next nil not nth parse-long partial partition peek pop pr-str print printf println quot rand-int range read-line reduce reductions rem remove repeat repeatedly reset rest reverse second select-keys seq set shuffle slurp some sort sort-by split-at str subs subvec sum swap take take-while transduce update update-in val vals vec vector zipmap clojure.string clojure.set clojure.walk".split(
      " ",
    ),
  snippets: [
    { label: "defn", detail: "a function", body: "(defn ${1:name} [${2}]\n\t$0)" },
    { label: "let", detail: "names for values", body: "(let [${1:name} ${2:value}]\n\t$0)" },
    { label: "doseq", detail: "go through a collection", body: "(doseq [${1:item} ${2:items}]\n\t$0)" },
    {
      label: "loop",
      detail: "a loop",
      body: "(loop [${1:i} 0]\n\t(when (< ${1:i} ${2:count})\n\t\t$0\n\t\t(recur (inc ${1:i}))))",
    },
    {
      label: "lines",
      detail: "read the input line by line",
      body: "(doseq [line (line-seq (java.io.BufferedReader. *in*))]\n\t$0)",
    },
    { label: "reqstr", detail: "functions for text", body: "(require '[clojure.string :as str])" },
  ],
};
