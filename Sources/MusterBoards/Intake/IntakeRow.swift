package import EventSourcing
package import MusterDomain
package import Records

/// Something that waits at a desk: a report that nobody deals with yet, a caller to be called back, a form that is not
/// filled, a direct report that a level has not looked at.
package struct IntakeRow: ListedRow, Hashable {
    package enum Content: Hashable, Sendable {
        case report(ReportID, ReportKind, ReportChannel, isUrgent: Bool, isInSurge: Bool)
        /// With how often somebody called back in vain.
        case call(CallID, attempts: Int)
        case form(DataRequestID, CaseDay, items: Int, asker: Words)
        /// With the levels that have not looked at it, the nearest first.
        case direct(DirectReportID, waiting: [Words])
    }

    package let key: String
    package let content: Content
    package let territory: TerritoryID
    package let territoryName: Words
    package let since: Timestamp
    package let due: Timestamp?
    /// Its time has passed, and the desk was told.
    package let isOverdue: Bool
    let position: Position

    package var order: BoardOrder {
        BoardOrder(group: due == nil ? .waiting : .running, due: due, position: position, key: key)
    }

    package var matter: MatterID? {
        if case .report(let report, _, _, _, _) = content { MatterID(rawValue: report.rawValue) } else { nil }
    }

    package var heading: ListHeading {
        switch content {
        case .report(_, _, _, isUrgent: true, _): ListHeading("urgent", Words("In danger", zh: "紧急"))
        case .report(_, _, let channel, _, _): ListHeading(channel.rawValue, channel.words)
        case .call: ListHeading("call-back", Words("To be called back", zh: "待回拨"))
        case .form: ListHeading("forms", Words("Forms to be filled", zh: "待填数据"))
        case .direct: ListHeading("direct", Words("Direct reports", zh: "直报"))
        }
    }

    package var title: Words {
        switch content {
        case .report(_, let kind, _, _, _): kind.words
        case .call: Words("A caller hung up", zh: "来电放弃")
        case .form(_, let day, let items, _):
            Words("\(items) figures of \(day.rawValue)", zh: "\(day.rawValue) 数据 \(items) 项")
        case .direct: Words("Direct report", zh: "信息直报")
        }
    }

    package var detail: Words {
        Words("\(territoryName.en) · \(reference)", zh: "\(territoryName.zh) · \(reference)")
    }

    private var reference: String {
        switch content {
        case .report(let report, _, _, _, _): Reference.text(report.rawValue)
        case .call(let call, _): call.rawValue
        case .form(let request, _, _, _): request.rawValue
        case .direct(let report, _): report.rawValue
        }
    }

    package var cells: [ListCell] {
        let state = state
        guard isOverdue else { return [ListCell(at: since), state] }
        let note = Words("its time has passed; the desk was told", zh: "已逾期，已提醒受理席")
        return [ListCell(at: since), ListCell(state.words, note: note, tone: .late)]
    }

    private var state: ListCell {
        switch content {
        case .report(_, _, let channel, let isUrgent, let isInSurge):
            if isUrgent { return ListCell(Words("Before all others (R5.4)", zh: "优先受理（R5.4）"), tone: .rule) }
            return ListCell(
                channel.words,
                note: isInSurge ? Words("surge: more time (R5.5)", zh: "激增：时限放宽（R5.5）") : nil,
                tone: .calm
            )
        case .call(_, let attempts):
            return ListCell(
                attempts == 0
                    ? Words("Not called yet", zh: "尚未回拨")
                    : Words("Tried in vain: \(attempts)", zh: "回拨未接通 \(attempts) 次"),
                tone: attempts == 0 ? .plain : .soon
            )
        case .form(_, _, _, let asker):
            return ListCell(Words("\(asker.en) asks", zh: "\(asker.zh)索取"))
        case .direct(_, let waiting):
            return ListCell(
                Words(
                    "Not looked at: \(waiting.map(\.en).joined(separator: ", "))",
                    zh: "未签收：\(waiting.map(\.zh).joined(separator: "、"))"
                ),
                tone: .soon
            )
        }
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", key)
        writer.member("order", order.text)
        writer.member("section", heading.id)
        writer.member("title", title)
        writer.member("territory", territory.rawValue)
        writer.member("territoryName", territoryName)
        writer.member("since", since)
        writer.member("due", due)
        writer.member("isOverdue", isOverdue)
        switch content {
        case .report(let report, let kind, let channel, let isUrgent, let isInSurge):
            writer.member("report", report.rawValue)
            writer.member("kind", kind.rawValue)
            writer.member("channel", channel.rawValue)
            writer.member("isUrgent", isUrgent)
            writer.member("isInSurge", isInSurge)
        case .call(let call, let attempts):
            writer.member("call", call.rawValue)
            writer.member("attempts", attempts)
        case .form(let request, let day, let items, let asker):
            writer.member("request", request.rawValue)
            writer.member("day", day.rawValue)
            writer.member("items", items)
            writer.member("asker", asker)
        case .direct(let report, let waiting):
            writer.member("directReport", report.rawValue)
            writer.list("waiting", waiting) { level, writer in
                writer.beginObject()
                for language in Language.allCases {
                    writer.name(language.rawValue)
                    writer.string(level[language])
                }
                writer.endObject()
            }
        }
        writer.endObject()
    }
}
