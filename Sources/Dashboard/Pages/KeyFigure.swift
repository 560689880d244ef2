/// A number that a reader looks for first, and what it counts.
struct KeyFigure {
    let name: String
    let value: String
    let note: String
}
