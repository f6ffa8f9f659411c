(require '[clojure.string :as str])

(def size 8)

;; The columns of the rows above, the nearest first.
(defn free? [column above]
  (every? (fn [[distance other]]
            (and (not= column other)
                 (not= (abs (- column other)) distance)))
          (map vector (iterate inc 1) above)))

;; All ways to go on when the queens of the rows above stand in these columns.
(defn place [row above]
  (if (= row size)
    [(reverse above)]
    (for [column (range size)
          :when (free? column above)
          solution (place (inc row) (cons column above))]
      solution)))

(def solutions (place 0 []))

(doseq [queen (first solutions)]
  (println (str/join " " (for [column (range size)] (if (= column queen) "Q" ".")))))
(println (count solutions) "solutions")
