package import EventSourcing
package import MusterDomain
package import Records

extension IncidentsBoard: ListedBoard {
    package static let words = Words("Incidents", zh: "事件")
    package static let columns = [
        Words("Next", zh: "下一步"), Words("Groups", zh: "处置组"), Words("Steps", zh: "步骤"), Words("Sites", zh: "地点"),
    ]
}

extension IncidentRow: ListedRow {
    package var heading: ListHeading { ListHeading(status.rawValue, status.words) }

    package var title: Words {
        let name = playbookName ?? Words(kind.rawValue, zh: kind.rawValue)
        guard let level else { return name }
        return Words("\(name.en), \(level.words.en)", zh: "\(name.zh)，\(level.words.zh)")
    }

    package var detail: Words {
        return Words("\(territoryName.en) · \(reference)", zh: "\(territoryName.zh) · \(reference)")
    }

    package var matter: MatterID? { nil }
    package var page: String? { "/incidents/\(incident)" }
    package var due: Timestamp? { clocks.first?.due }

    package var cells: [ListCell] { [next, groups, stepsCell, sitesCell] }

    private var next: ListCell {
        guard let clock = clocks.first else { return ListCell("–", tone: .calm) }
        return ListCell(
            clock.clock.kind.words,
            note: clock.name,
            tone: clock.isMissed ? .late : .plain
        )
    }

    private var groups: ListCell {
        guard !lanes.isEmpty else { return ListCell("–", tone: .calm) }
        let missing = lanes.filter { $0.state == .missing }.map(\.name)
        let asking = lanes.filter(\.needsSupport).map(\.name)
        let up = lanes.count - missing.count
        let notes = Words(
            ([said("not up", missing.map(\.en)), said("asks for support", asking.map(\.en))]).joined(),
            zh: ([said("未到位", missing.map(\.zh)), said("请求支援", asking.map(\.zh))]).joined()
        )
        return ListCell(
            Words("\(up) of \(lanes.count) up", zh: "\(lanes.count) 组到位 \(up)"),
            note: notes.en.isEmpty ? nil : notes,
            tone: missing.isEmpty && asking.isEmpty ? .plain : .late
        )
    }

    private func said(_ what: String, _ names: [String]) -> String {
        names.isEmpty ? "" : "\(what): \(names.joined(separator: ", ")) "
    }

    private var stepsCell: ListCell {
        let steps = lanes.flatMap(\.steps).filter { $0.phase != .followUp || isSummarised }
        guard !steps.isEmpty else { return ListCell("–", tone: .calm) }
        let done = steps.count { $0.state.isFinished }
        let late = steps.filter(\.isMissed).map(\.name)
        return ListCell(
            "\(done) / \(steps.count)",
            note: late.isEmpty
                ? nil : Words(said("late", late.map(\.en)), zh: said("超时", late.map(\.zh))),
            tone: late.isEmpty ? .plain : .late
        )
    }

    private var sitesCell: ListCell {
        let (uncovered, recheck) = (sitesUncovered.map(\.rawValue), sitesToRecheck.map(\.rawValue))
        guard !uncovered.isEmpty || !recheck.isEmpty else { return ListCell("–", tone: .calm) }
        return ListCell(
            Words(
                said("to be covered", uncovered) + said("to be re-checked", recheck),
                zh: said("待处置", uncovered) + said("待复查", recheck)
            ),
            tone: uncovered.isEmpty ? .plain : .soon
        )
    }
}

extension IncidentsFigures: ListedFigures {
    package var counts: [ListCount] {
        [
            ListCount(Words("open", zh: "进行中"), open),
            ListCount(Words("clocks overdue", zh: "超时"), overdue, tone: .late),
            ListCount(Words("groups not up", zh: "未到位处置组"), groupsMissing, tone: .soon),
            ListCount(Words("sites to be covered", zh: "待处置地点"), sitesUncovered, tone: .soon),
        ]
    }
}
