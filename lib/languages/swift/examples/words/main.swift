var counts: [String: Int] = [:]

while let line = readLine() {
    let letters: ClosedRange<Character> = "a"..."z"
    for word in line.lowercased().split(whereSeparator: { !letters.contains($0) }) {
        counts[String(word), default: 0] += 1
    }
}

extension Int {
    /// As wide as `width`, with spaces before it.
    func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: " ", count: Swift.max(0, width - digits.count)) + digits
    }
}

let words = counts.sorted { one, other in
    (other.value, one.key) < (one.value, other.key)
}
for (word, count) in words.prefix(5) {
    print(count.padded(to: 3), word)
}
