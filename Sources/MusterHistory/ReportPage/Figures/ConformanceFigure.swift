import Records

/// How cases kept to their path, and where they left it.
struct ConformanceFigure {
    private static let rows = 8

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard let conformance = analysis.conformance, conformance.count > 0, !conformance.reference.steps.isEmpty else {
            return nil
        }
        let share = words.share(Double(conformance.perfect) / Double(conformance.count))
        let path = name(of: conformance.reference, words)
        let title: String =
            if let first = conformance.deviations.first {
                words(
                    "\(share) keep to \(path); most often \(words[first.words])",
                    "\(share) 符合\(path)；最多见：\(words[first.words])"
                )
            } else {
                words("All keep to \(path)", "全部符合\(path)")
            }
        var figure = Figure(query: .conformance, title: title)
        let steps = conformance.reference.steps.map(words.name).joined(separator: " › ")
        figure.note = words(
            "Fitness \(WorkloadFigure.hundredths(conformance.fitness)) of \(words.number(conformance.count)): \(steps)",
            "拟合度 \(WorkloadFigure.hundredths(conformance.fitness))，共 \(words.number(conformance.count))：\(steps)"
        )
        guard !conformance.deviations.isEmpty else { return figure }
        let bars = BarRows(
            rows: conformance.deviations.prefix(rows).map { deviation in
                BarRows.Row(
                    name: words[deviation.words].capitalizedFirst,
                    value: Double(deviation.cases),
                    text: "\(words.number(deviation.cases)) · "
                        + words.share(Double(deviation.cases) / Double(conformance.count)),
                    remark: cost(deviation, words)
                )
            },
            head: words("with it, share of all", "件数，占比")
        )
        figure.picture = Picture(title, width: Picture.wideColumn, draw: bars.draw)
        figure.tables = [table(conformance, words)]
        return figure
    }

    private static func name(of reference: ConformanceStatistics.Reference, _ words: PageWords) -> String {
        switch reference {
        case .path: words("the path", "给定路径")
        case .stages: words("the stages of the mapping", "映射的阶段")
        case .commonest: words("the commonest way", "最常见路径")
        case .playbook(let name, let version, _): words("playbook \(name) \(version)", "预案 \(name) \(version)")
        }
    }

    private static func cost(_ deviation: ConformanceStatistics.Deviation, _ words: PageWords) -> String {
        guard let cost = deviation.cost else { return "" }
        if cost == .zero { return words("as long as without it", "时长与其余相同") }
        return cost > .zero
            ? words("median \(words.duration(cost)) longer than without", "中位多耗 \(words.duration(cost))")
            : words(
                "median \(words.duration(.zero - cost)) shorter than without",
                "中位少耗 \(words.duration(.zero - cost))"
            )
    }

    private static func table(_ conformance: ConformanceStatistics, _ words: PageWords) -> PageTable {
        PageTable(
            caption: words("Deviations", "偏离"),
            columns: [
                .text(words("deviation", "偏离")), .number(words("times", "次数")), .number(words("in", "涉及")),
                .number(words("share", "占比")), .number(words("costs", "多耗")),
            ],
            rows: conformance.deviations.map { deviation in
                [
                    .text(words[deviation.words].capitalizedFirst), .number(deviation.count), .number(deviation.cases),
                    .share(Double(deviation.cases) / Double(conformance.count)),
                    deviation.cost.map { .duration($0) } ?? .missing(words("no other", "无对照")),
                ]
            }
        )
    }
}
