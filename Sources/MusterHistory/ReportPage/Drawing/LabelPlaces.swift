/// What room in a drawing is taken, so that labels come where none is.
struct LabelPlaces {
    private let bounds: Box
    private var taken: [Box] = []

    /// - Parameter bounds: labels stay inside.
    init(in bounds: Box) { self.bounds = bounds }

    mutating func take(_ box: Box) { taken.append(box) }

    /// The first of the candidates that is inside and overlaps nothing; it is taken then. Nil when there is none.
    mutating func place(_ candidates: [Box]) -> Box? {
        for box in candidates where isFree(box) {
            taken.append(box)
            return box
        }
        return nil
    }

    func isFree(_ box: Box) -> Bool { bounds.contains(box) && !taken.contains { $0.overlaps(box) } }
}
