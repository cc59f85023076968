import EventSourcing
import Records

/// What decisions about figures ask.
extension Context {
    /// Nobody counts what has not happened.
    func requireBegun(_ day: CaseDay) throws(Rejection) {
        guard day.isAhead(of: now) else { return }
        throw Rejection(
            rule: "S5",
            reason: "day-ahead",
            Words("\(day.rawValue) has not begun.", zh: "\(day.rawValue) 尚未开始。")
        )
    }

    func requireEachOnce(_ figures: [DataFigure]) throws(Rejection) {
        guard Set(figures.map(\.item)).count < figures.count else { return }
        throw Rejection(
            rule: "R5.1",
            reason: "item-twice",
            Words("An item stands there twice.", zh: "有数据项重复。")
        )
    }
}
