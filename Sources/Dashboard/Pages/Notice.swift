/// A page that says one thing.
struct Notice {
    let text: String
}
