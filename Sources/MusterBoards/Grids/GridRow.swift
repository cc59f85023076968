package import EventSourcing
package import MusterDomain
package import Records

/// The card of a grid.
package struct GridRow: ListedRow {
    package enum State: String, Hashable, Sendable {
        /// An incident is active there, and nobody answers for it (R2.3).
        case uncovered
        case withoutWorker = "without-worker"
        /// Somebody should have been visited, and was not.
        case behind
        case covered
        /// It was split or merged, and still has open matters.
        case retired
    }

    let id: TerritoryID
    package let title: Words
    package let detail: Words
    package let state: State
    let card: GridCard
    let isAlerted: Bool
    let isThreeNo: Bool
    let size: GridSize?

    package var key: String { id.rawValue }
    package var matter: MatterID? { nil }
    package var due: Timestamp? { nil }

    package var order: BoardOrder {
        let group: BoardOrder.Group =
            switch state {
            case .uncovered: .running
            case .withoutWorker, .behind: .paused
            case .covered, .retired: .waiting
            }
        return BoardOrder(group: group, due: nil, position: .origin, key: key)
    }

    package var heading: ListHeading {
        switch state {
        case .uncovered:
            ListHeading(state.rawValue, Words("An incident, and no worker (R2.3)", zh: "处置期间无主责网格员（R2.3）"))
        case .withoutWorker: ListHeading(state.rawValue, Words("Without a worker", zh: "无网格员"))
        case .behind: ListHeading(state.rawValue, Words("Visits are overdue", zh: "走访超期"))
        case .covered: ListHeading(state.rawValue, Words("Grids", zh: "网格"))
        case .retired: ListHeading(state.rawValue, Words("No more, with open matters", zh: "已撤销但有未结事项"))
        }
    }

    static let columns = [
        Words("Worker", zh: "网格员"), Words("Households", zh: "户数"), Words("Visited", zh: "已走访"),
        Words("Vulnerable", zh: "重点户"), Words("To be visited again", zh: "待再访"),
        Words("Absent without a word", zh: "未报备离开"), Words("Last visited", zh: "最近走访"),
        Words("Open matters", zh: "未结事项"),
    ]

    package var cells: [ListCell] {
        let tally = card.tally
        return [
            workerCell, householdsCell, coverageCell, vulnerableCell, openCell,
            ListCell(String(tally.undeclared), tone: tally.undeclared > 0 ? .rule : .plain),
            card.lastVisit.map { ListCell(at: $0) } ?? ListCell(Words("never", zh: "从未"), tone: .calm),
            ListCell(String(card.matters)),
        ]
    }

    private var workerCell: ListCell {
        if let worker = card.worker { return ListCell(worker.rawValue) }
        return ListCell(Words("nobody", zh: "无"), tone: isAlerted ? .late : .soon)
    }

    private var householdsCell: ListCell {
        let isDeclared = !card.isCounted && card.declared != nil
        let notes = [
            isDeclared ? Words("as declared", zh: "申报数") : nil,
            isThreeNo ? Words("three-no", zh: "三无") : size.flatMap(note),
        ]
        let count = card.households.map(String.init) ?? "–"
        return ListCell(
            count,
            note: joined(notes.compactMap(\.self)),
            tone: isThreeNo ? .rule : card.households == nil ? .calm : .plain
        )
    }

    private func joined(_ notes: [Words]) -> Words? {
        guard !notes.isEmpty else { return nil }
        return Words(notes.map(\.en).joined(separator: ", "), zh: notes.map(\.zh).joined(separator: "，"))
    }

    private func note(_ size: GridSize) -> Words? {
        switch size {
        case .tooSmall: Words("small grid", zh: "网格偏小")
        case .wanted: nil
        case .tooLarge: Words("large grid", zh: "网格偏大")
        }
    }

    private var vulnerableCell: ListCell {
        let (late, reviews) = (card.overdue.checks, card.tally.reviewsDue)
        let notes = [
            late > 0 ? Words("\(late) not seen in time", zh: "\(late) 户逾期未巡查") : nil,
            reviews > 0 ? Words("\(reviews) to be reviewed", zh: "\(reviews) 户应复核") : nil,
        ]
        return ListCell(
            String(card.tally.vulnerable),
            note: joined(notes.compactMap(\.self)),
            tone: late > 0 ? .late : reviews > 0 ? .soon : .plain
        )
    }

    private var openCell: ListCell {
        let (late, referred) = (card.overdue.visits, card.tally.referred)
        let notes = [
            late > 0 ? Words("\(late) overdue", zh: "\(late) 户超期") : nil,
            referred > 0 ? Words("\(referred) with the police", zh: "\(referred) 户已转片警") : nil,
        ]
        return ListCell(
            String(card.tally.open),
            note: joined(notes.compactMap(\.self)),
            tone: late > 0 ? .late : card.tally.open > 0 ? .soon : .plain
        )
    }

    private var coverageCell: ListCell {
        guard let percent else { return ListCell(Words("–", zh: "–"), tone: .calm) }
        let stale = card.tally.stale
        return ListCell(
            "\(percent) %",
            note: stale > 0 ? Words("\(stale) stale", zh: "\(stale) 户过期") : nil,
            tone: percent < 50 ? .late : percent < 80 ? .soon : .plain
        )
    }

    /// The share of households that were met and whose record is not stale; nil without any.
    package var percent: Int? {
        card.tally.households == 0 ? nil : card.tally.covered * 100 / card.tally.households
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", key)
        writer.member("grid", id.rawValue)
        writer.member("title", title)
        writer.member("community", detail)
        writer.member("state", state.rawValue)
        writer.member("alerted", isAlerted)
        writer.member("threeNo", isThreeNo)
        writer.member("size", size?.rawValue)
        writer.member("worker", card.worker?.rawValue)
        writer.member("households", card.households.map { Int64($0) })
        writer.member("registered", card.tally.households)
        writer.member("reviewsDue", card.tally.reviewsDue)
        writer.member("visited", card.tally.covered)
        writer.member("vulnerable", card.tally.vulnerable)
        writer.member("revisits", card.tally.open)
        writer.member("referred", card.tally.referred)
        writer.member("overdueVisits", card.overdue.visits)
        writer.member("overdueChecks", card.overdue.checks)
        writer.member("stale", card.tally.stale)
        writer.member("undeclared", card.tally.undeclared)
        writer.member("lastVisit", card.lastVisit)
        writer.member("matters", card.matters)
        writer.endObject()
    }
}
