import EventSourcing

/// The figures of the last days, with the events that told them.
struct KnownFigures: Sendable {
    private struct Told: Sendable {
        let figure: Int
        let source: EventID
    }

    private var days: [CaseDay: [TerritoryID: [DataItemID: Told]]] = [:]
    private var last: CaseDay?

    /// Takes figures in; those of the same item are replaced.
    ///
    /// - Parameter count: how many days before the last one are kept.
    mutating func take(
        _ figures: [DataFigure],
        of territory: TerritoryID,
        _ day: CaseDay,
        from source: EventID,
        keeping count: Int
    ) {
        if let last, last.days(after: day) > count { return }
        for figure in figures {
            days[day, default: [:]][territory, default: [:]][figure.item] = Told(figure: figure.figure, source: source)
        }
        guard last.map({ day.days(after: $0) > 0 }) != false else { return }
        last = day
        for old in days.keys where day.days(after: old) > count { days[old] = nil }
    }

    func figure(_ item: DataItemID, of territory: TerritoryID, _ day: CaseDay) -> DataAnswer? {
        days[day]?[territory]?[item].map { DataAnswer(item: item, figure: $0.figure, source: $0.source) }
    }
}
