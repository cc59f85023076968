package import EventSourcing
package import MusterDomain
package import Records

extension DirectivesBoard: ListedBoard {
    package static let words = Words("Directives", zh: "指令")
    package static let columns = [
        Words("Acknowledged below", zh: "下级签收"), Words("Carried out", zh: "执行"), Words("Households", zh: "住户"),
        Words("Stopped at", zh: "断在何处"),
    ]
}

extension DirectiveRow: ListedRow {
    package var heading: ListHeading { ListHeading(directive.rawValue, Words(directiveTitle, zh: directiveTitle)) }

    package var title: Words {
        hop == 0 ? Words("\(senderName.en), who issued it", zh: "\(senderName.zh)（签发）") : senderName
    }

    package var detail: Words {
        guard let note = notes.last else { return hopWords }
        return Words("\(hopWords.en) · added: \(note)", zh: "\(hopWords.zh) · 附注：\(note)")
    }

    private var hopWords: Words {
        Words(hop == 0 ? directive.rawValue : "hop \(hop)", zh: hop == 0 ? directive.rawValue : "第 \(hop) 级")
    }

    package var matter: MatterID? { nil }
    package var due: Timestamp? { order.group == .running ? order.due : nil }

    package var cells: [ListCell] {
        [acknowledged, ListCell(share(below.executed, of: below.addressees)), households, stopped]
    }

    private var acknowledged: ListCell {
        let late = Words("\(below.overdue) overdue", zh: "\(below.overdue) 个超时")
        return ListCell(
            share(below.acknowledged, of: below.addressees),
            note: below.overdue > 0 ? late : nil,
            tone: below.overdue > 0 ? .late : .plain
        )
    }

    private var households: ListCell {
        below.households == 0
            ? ListCell("–", tone: .calm) : ListCell(share(below.householdsReached, of: below.households))
    }

    private var stopped: ListCell {
        guard !missing.isEmpty else { return ListCell("–", tone: .calm) }
        let names = missingNames.prefix(3)
        let more = missing.count - names.count
        return ListCell(
            Words(
                names.map(\.en).joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""),
                zh: names.map(\.zh).joined(separator: "、") + (more > 0 ? " 等 \(missing.count) 处" : "")
            ),
            tone: .late
        )
    }

    private func share(_ part: Int, of all: Int) -> String {
        all == 0 ? "–" : "\(part) / \(all) (\(part * 100 / all) %)"
    }
}

extension DirectivesFigures: ListedFigures {
    /// Those that bind at the moment of the board.
    package var inForce: Int { directives.count { $0.bindingVersion != nil } }
    /// Of those, the ones beside which another one binds that says something else.
    package var contradicting: Int { directives.count { !$0.contradictions.isEmpty } }

    package var counts: [ListCount] {
        let open = directives.filter(\.isOpen)
        return [
            ListCount(Words("in force", zh: "有效指令"), inForce),
            ListCount(
                Words("branches where it stopped", zh: "中断处"),
                open.reduce(0) { $0 + $1.stopped },
                tone: .late
            ),
            ListCount(
                Words("acknowledgements overdue", zh: "签收超时"),
                open.reduce(0) { $0 + $1.total.overdue },
                tone: .late
            ),
            ListCount(
                Words("contradict each other", zh: "相互矛盾"),
                contradicting,
                tone: .rule
            ),
        ]
    }

    package var remarks: [ListRemarks] {
        [ListRemarks(Words("Hop by hop", zh: "逐级情况"), directives.prefix(20).map(\.cell))]
    }
}

extension DirectiveFigures {
    fileprivate var cell: ListCell {
        let hops = hops.map { hop in
            Words(
                "hop \(hop.hop): \(hop.tally.acknowledgedPercent.map { "\($0) %" } ?? "–")",
                zh: "第 \(hop.hop) 级 \(hop.tally.acknowledgedPercent.map { "\($0) %" } ?? "–")"
            )
        }
        let ending: Words? =
            if recalledAt != nil {
                Words("recalled", zh: "已撤回")
            } else if supersededBy == nil, isExpired {
                Words("over by its date", zh: "已到期")
            } else {
                supersededBy.map { Words("superseded by \($0)", zh: "已由 \($0) 取代") }
            }
        return ListCell(
            Words("\(title) (\(directive))", zh: "\(title)（\(directive)）"),
            note: Words(
                ([ending?.en] + hops.map(\.en)).compactMap(\.self).joined(separator: " · "),
                zh: ([ending?.zh] + hops.map(\.zh)).compactMap(\.self).joined(separator: " · ")
            ),
            tone: ending != nil ? .calm : contradictions.isEmpty ? .plain : .rule
        )
    }
}
