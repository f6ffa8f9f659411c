enum Shape {
    case circle(radius: Double)
    case square(side: Double)
    case rectangle(width: Double, height: Double)
    indirect case scaled(Shape, by: Double)

    /// The compiler knows all cases: one that is forgotten here is an error.
    var area: Double {
        switch self {
        case .circle(let radius): 3.14 * radius * radius
        case .square(let side): side * side
        case .rectangle(let width, let height): width * height
        case .scaled(let shape, let factor): shape.area * factor * factor
        }
    }
}

extension Shape: CustomStringConvertible {
    var description: String {
        switch self {
        case .circle: "a circle"
        case .square: "a square"
        case .rectangle(let width, let height): width > height ? "a wide rectangle" : "a high rectangle"
        case .scaled(let shape, let factor): "\(shape), scaled by \(factor)"
        }
    }
}

let shapes: [Shape] = [
    .circle(radius: 1),
    .square(side: 1.5),
    .rectangle(width: 2, height: 3.5),
    .scaled(.rectangle(width: 2, height: 1), by: 0.5),
]
for shape in shapes {
    print("\(shape): \(shape.area)")
}
