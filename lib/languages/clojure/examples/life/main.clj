(def height 6)
(def width 12)
(def steps 4)

;; The world has no edge: it goes on at the other side.
(defn neighbours [[y x]]
  (for [dy [-1 0 1]
        dx [-1 0 1]
        :when (not= 0 dy dx)]
    [(mod (+ y dy) height) (mod (+ x dx) width)]))

(defn step [alive]
  (set (for [[place n] (frequencies (mapcat neighbours alive))
             :when (or (= n 3) (and (= n 2) (alive place)))]
         place)))

(defn show [alive]
  (doseq [y (range height)]
    (println (apply str (for [x (range width)]
                          (if (alive [y x]) \# \.))))))

;; All generations there will ever be; only those that are taken are made.
(def generations
  (iterate step #{[0 1] [1 2] [2 0] [2 1] [2 2]}))

(doseq [[number alive] (map-indexed vector (take (inc steps) generations))]
  (println "Step" number)
  (show alive))
