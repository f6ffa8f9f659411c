; Uses what small programs use, so that its classes are in Clojure's archive: see the Dockerfile.
(require '[clojure.string :as str] '[clojure.set :as set])
(defn words [text] (re-seq #"[a-z]+" (str/lower-case text)))
(defmulti area :shape)
(defmethod area :square [{:keys [side]}] (* side side))
(defrecord Point [x y])
(doseq [[word n] (take 3 (sort-by (juxt (comp - val) key) (frequencies (words "the sand and the glass"))))]
  (println (format "%3d %s" n word)))
(println (area {:shape :square :side 3}) (->Point 1 2) (set/union #{1} #{2}) (read-line))
(println (loop [n 10 sum 0] (if (zero? n) sum (recur (dec n) (+ sum n)))) @(atom [1 2]) (map inc (range 3)))
(try (/ 1 0) (catch ArithmeticException e (println (ex-message e))))
