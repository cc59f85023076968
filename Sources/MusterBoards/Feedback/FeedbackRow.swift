package import EventSourcing
package import MusterDomain
package import Records

/// A matter whose end is not settled.
package struct FeedbackRow: ListedRow {
    package enum State: Hashable, Sendable {
        /// The reporter was asked.
        case asked
        /// By whom the appeal is reviewed, when somebody does.
        case appealed(Words?)
        case reopened
    }

    let id: MatterID
    package let title: Words
    let lead: Words?
    package let state: State
    package let due: Timestamp?
    let position: Position

    package var key: String { id.rawValue }
    package var matter: MatterID? { id }
    package var detail: Words {
        let reference = Reference.text(id.rawValue)
        return Words(reference, zh: reference)
    }

    package var order: BoardOrder {
        BoardOrder(group: due == nil ? .waiting : .running, due: due, position: position, key: key)
    }

    package var heading: ListHeading {
        switch state {
        case .appealed: ListHeading("appeals", Words("Appeals", zh: "申诉"))
        case .reopened: ListHeading("reopened", Words("Came back", zh: "重开"))
        case .asked: ListHeading("asked", Words("The reporter is asked", zh: "等待反映人答复"))
        }
    }

    package var cells: [ListCell] {
        [ListCell(lead ?? Words("–", zh: "–")), stateCell]
    }

    private var stateCell: ListCell {
        switch state {
        case .asked: ListCell(Words("Solved?", zh: "是否解决？"), tone: .calm)
        case .appealed(nil): ListCell(Words("Nobody reviews it yet", zh: "尚未受理"), tone: .rule)
        case .appealed(let reviewer?): ListCell(Words("\(reviewer.en) reviews it", zh: "\(reviewer.zh)复核中"))
        case .reopened: ListCell(Words("Was called solved, and was not (R14.1)", zh: "称已解决而未解决（R14.1）"), tone: .late)
        }
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", key)
        writer.member("matter", id.rawValue)
        writer.member("title", title)
        writer.member("lead", lead)
        writer.member("state", heading.id)
        if case .appealed(let reviewer) = state { writer.member("reviewer", reviewer) }
        writer.member("due", due)
        writer.endObject()
    }
}
