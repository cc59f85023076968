import Records

/// Who did how much, and how evenly it is spread.
struct WorkloadFigure {
    private static let rows = 10

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        let workload = analysis.workload
        let persons = workload.resources.count > 1
        let workers = persons ? workload.resources : workload.agencies.count > 1 ? workload.agencies : workload.places
        guard workers.count > 1 else { return nil }
        let fairness = persons ? workload.resourceFairness : workload.agencyFairness
        let noun = persons ? words("persons", "人员") : words("agencies", "单位")
        let title: String =
            if let fairness {
                words(
                    "The busiest tenth of \(words.number(fairness.workers)) \(noun) does"
                        + " \(words.share(fairness.busiestTenth)) of the work",
                    "\(words.number(fairness.workers)) 个\(noun)中最忙的一成承担 \(words.share(fairness.busiestTenth))"
                )
            } else {
                words("Where most happens", "何处最多")
            }
        var figure = Figure(query: .workload, title: title, place: .right)
        if let fairness {
            figure.note = words(
                "Gini \(hundredths(fairness.gini)) (0: all do the same); median \(words.number(fairness.medianEvents))"
                    + " events, most \(words.number(fairness.maximumEvents))",
                "基尼系数 \(hundredths(fairness.gini))（0 为均等）；中位 \(words.number(fairness.medianEvents)) 个事件，"
                    + "最多 \(words.number(fairness.maximumEvents))"
            )
        }
        let bars = BarRows(
            rows: workers.prefix(rows).map { worker in
                BarRows.Row(
                    name: words.name(worker.label),
                    value: Double(worker.events),
                    text: "\(words.number(worker.events)) · \(words.share(worker.share))"
                )
            },
            head: words("events, share", "事件，占比")
        )
        figure.picture = Picture(title, width: Picture.narrowColumn, draw: bars.draw)
        figure.tables = [
            (words("Persons", "人员"), workload.resources), (words("Agencies", "单位"), workload.agencies),
            (words("Places", "地点"), workload.places),
        ].filter { $0.1.count > 1 }.map { caption, workers in
            PageTable(
                caption: caption,
                columns: [
                    .text(words("name", "名称")), .number(words("events", "事件")), .number(words.cases),
                    .number(words("share", "占比")),
                ],
                rows: workers.map {
                    [.text(words.name($0.label)), .number($0.events), .number($0.cases), .share($0.share)]
                }
            )
        }
        return figure
    }

    static func hundredths(_ value: Double) -> String {
        let hundredths = Int((min(max(value, 0), 1) * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
