let size = 8

/// All ways to go on when the queens of the rows above stand in these columns.
func place(_ columns: [Int] = []) -> [[Int]] {
    if columns.count == size {
        return [columns]
    }
    return (0..<size)
        .filter { column in
            columns.enumerated().allSatisfy { row, other in
                column != other && abs(column - other) != columns.count - row
            }
        }
        .flatMap { place(columns + [$0]) }
}

let solutions = place()
for queen in solutions[0] {
    print((0..<size).map { $0 == queen ? "Q" : "." }.joined(separator: " "))
}
print(solutions.count, "solutions")
