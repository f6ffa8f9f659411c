(require '[clojure.string :as str])

(defn greet [name]
  (format "Hello, %s!" (str/trim name)))

(doseq [line (line-seq (java.io.BufferedReader. *in*))]
  (println (greet line)))
