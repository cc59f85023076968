import Records

/// The directly-follows graph as a map: width for cases, label for median time, and the way on which most time is lost.
struct MapFigure {
    /// As many as a page holds from left to right, from top to bottom, and a telephone.
    private static let activities = 16
    private static let activitiesDownwards = 12
    private static let activitiesOnTelephone = 9

    private let analysis: HistoryAnalysis
    private let words: PageWords

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        guard !analysis.activities.isEmpty, !analysis.graph.edges.isEmpty || analysis.activities.count > 1 else {
            return nil
        }
        return MapFigure(analysis: analysis, words: words).figure
    }

    private var figure: Figure {
        var map = ProcessMap(analysis, activities: Self.activities)
        let narrow = ProcessMap(analysis, activities: Self.activitiesOnTelephone)
        let rightwards = MapDrawing(map, analysis, words, flow: .rightwards)
        let fits = rightwards.drawing.size.width <= Picture.across
        if !fits { map = ProcessMap(analysis, activities: Self.activitiesDownwards) }
        let wide = fits ? rightwards : MapDrawing(map, analysis, words, flow: .downwards)
        let hasBack = wide.hasBackEdges
        var figure = Figure(query: .processMap, title: title)
        figure.keys = [
            Figure.Key(
                mark: "<path class=\"edge\" style=\"stroke-width:5px\" d=\"M0 5H16\"/>",
                text: words("width: \(words.cases)", "线宽：\(words.cases)数")
            ),
            Figure.Key(text: words("label: median time to the next step", "标注：到下一步的中位时长")),
        ]
        if hasBack {
            figure.keys.append(
                Figure.Key(
                    mark: "<path class=\"edge back\" style=\"stroke-width:2px\" d=\"M0 5H16\"/>",
                    text: words("back to an earlier step", "退回先前步骤")
                )
            )
        }
        if map.edges.contains(where: \.isSlowest) {
            figure.keys.append(
                Figure.Key(
                    mark: "<path class=\"bar-late\" d=\"M8 9.5L3 1H13Z\"/>",
                    text: words("most time lost in all", "累计耗时最多")
                )
            )
        }
        figure.note = note(map)
        figure.picture = Picture(
            label(map),
            wide: wide.drawing,
            narrow: MapDrawing(narrow, analysis, words, flow: .downwards).drawing
        )
        figure.place = wide.drawing.size.width > Picture.wideColumn ? .across : .left
        figure.tables = [table]
        return figure
    }

    private var title: String {
        let edges = analysis.graph.edges
        if let slowest = ProcessMap.slowest(edges) {
            let whole = edges.reduce(0.0) { $0 + Double($1.durations.values.total) }
            let from = words.brief(analysis.activities[slowest.from].label)
            let to = words.brief(analysis.activities[slowest.to].label)
            let share = words.share(Double(slowest.durations.values.total) / max(1, whole))
            let median = words.duration(slowest.durations.p50)
            return words(
                "\(share) of all time passes between \(from) and \(to), median \(median)",
                "\(share) 的时间耗在“\(from)”到“\(to)”之间，中位 \(median)"
            )
        }
        if let common = analysis.variants.list.first, common.cases * 5 >= analysis.variants.cases {
            let share = words.share(Double(common.cases) / Double(max(1, analysis.variants.cases)))
            return words("\(share) of \(words.cases) take the same way", "\(share) 的\(words.cases)走同一条路径")
        }
        return words("How \(words.cases) go from step to step", "\(words.cases)的流转")
    }

    private func note(_ map: ProcessMap) -> String {
        let share = words.share(map.shareOfSteps)
        guard map.activitiesLeftOut + map.waysLeftOut > 0 else { return words("All ways are drawn", "已绘出全部路径") }
        let ways = words.number(map.waysLeftOut)
        let activities = words.number(map.activitiesLeftOut)
        return map.activitiesLeftOut == 0
            ? words(
                "\(share) of steps are drawn; \(ways) rare ways are left out",
                "绘出 \(share) 的步骤，略去 \(ways) 条罕见路径"
            )
            : words(
                "\(share) of steps are drawn; \(activities) of \(words.number(analysis.activities.count)) activities and"
                    + " \(ways) rare ways are left out",
                "绘出 \(share) 的步骤，略去 \(words.number(analysis.activities.count)) 种活动中的 \(activities) 种"
                    + "和 \(ways) 条罕见路径"
            )
    }

    private func label(_ map: ProcessMap) -> String {
        words(
            "Process map: \(map.nodes.count - 2) activities and the ways between them. The table below says the same.",
            "流程图：\(map.nodes.count - 2) 种活动及其间路径；下表内容相同。"
        )
    }

    private var table: PageTable {
        var table = PageTable(
            caption: words("Ways from step to step", "步骤间的路径"),
            columns: [
                .text(words("from", "自")), .text(words("to", "至")), .number(words("times", "次数")),
                .number(words.cases), .number(words("median", "中位")), .number("p90"),
                .number(words("in all", "累计")),
            ]
        )
        let edges = analysis.graph.edges
        table.total = edges.count
        for edge in edges.prefix(PageTable.maximumRows) {
            table.rows.append([
                .text(words.name(analysis.activities[edge.from].label)),
                .text(words.name(analysis.activities[edge.to].label)),
                .number(edge.count), .number(edge.cases), .duration(edge.durations.p50),
                .duration(edge.durations.p90), .total(edge.total),
            ])
        }
        return table
    }
}
