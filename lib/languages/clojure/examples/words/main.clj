(require '[clojure.string :as str])

(def words
  (->> (slurp *in*)
       str/lower-case
       (re-seq #"[a-z]+")
       frequencies
       (sort-by (juxt (comp - val) key))))

(doseq [[word n] (take 5 words)]
  (println (format "%3d %s" n word)))
