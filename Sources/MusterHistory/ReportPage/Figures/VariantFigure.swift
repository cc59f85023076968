import Records

/// The ways that most cases took, as rows of small steps.
struct VariantFigure {
    private static let rows = 8
    private static let steps = 14
    private static let stepWidth = 150.0

    static func make(_ analysis: HistoryAnalysis, _ words: PageWords) -> Figure? {
        let variants = analysis.variants
        guard let first = variants.list.first, variants.cases > 0 else { return nil }
        var figure = Figure(query: .variants, title: title(variants, words))
        if variants.count > 1 {
            var notes = [
                words("a bold frame is what no way above it has", "粗框：上方各行所没有的步骤")
            ]
            if variants.singles > 0 {
                notes.append(
                    words(
                        "\(words.number(variants.singles)) ways were taken once",
                        "\(words.number(variants.singles)) 条路径仅出现一次"
                    )
                )
            }
            figure.note = notes.joined(separator: words("; ", "；"))
        }
        var known = Set(runs(of: first.activities))
        figure.paths = variants.list.prefix(rows).map { variant in
            defer { known.formUnion(runs(of: variant.activities)) }
            return [
                "share": words.share(Double(variant.cases) / Double(variants.cases)),
                "cases": "\(words.number(variant.cases)) \(words.cases)",
                "median": words(
                    "median \(words.duration(variant.durations.p50))",
                    "中位 \(words.duration(variant.durations.p50))"
                ),
                "steps": steps(of: variant.activities, known: known, analysis, words),
            ]
        }
        if variants.list.count > rows { figure.tables = [table(analysis, words)] }
        return figure
    }

    private static func title(_ variants: VariantStatistics, _ words: PageWords) -> String {
        if variants.count == 1 { return words("All \(words.cases) take one way", "全部\(words.cases)走同一条路径") }
        let three = variants.list.prefix(3)
        let share = words.share(Double(three.reduce(0) { $0 + $1.cases }) / Double(variants.cases))
        let count = words.number(variants.count)
        if variants.count <= 3 {
            return words("\(words.cases) take \(count) ways".capitalizedFirst, "\(words.cases)共有 \(count) 条路径")
        }
        return words(
            "The three commonest of \(count) ways hold \(share) of \(words.cases)",
            "\(count) 条路径中，最常见三条占 \(share)"
        )
    }

    /// The same activity so many times, one right behind the other.
    private struct Run: Hashable {
        let activity: Int
        var times: Int
    }

    private static func runs(of activities: [Int]) -> [Run] {
        var runs: [Run] = []
        for activity in activities {
            if let last = runs.last, last.activity == activity {
                runs[runs.count - 1].times += 1
            } else {
                runs.append(Run(activity: activity, times: 1))
            }
        }
        return runs
    }

    /// One step for each run of the same activity.
    private static func steps(
        of activities: [Int],
        known: Set<Run>,
        _ analysis: HistoryAnalysis,
        _ words: PageWords
    ) -> [[String: Any]] {
        let runs = self.runs(of: activities)
        let shown = runs.count > steps ? runs.prefix(steps - 1) : runs[...]
        var fields = shown.map { run -> [String: Any] in
            let name = words.name(analysis.activities[run.activity].label)
            var step: [String: Any] = [
                "text": TextMeasure.shortened(name, to: stepWidth, size: 13), "full": name,
                "kind": known.contains(run) ? "" : "new",
            ]
            if run.times > 1 { step["times"] = "×\(words.number(run.times))" }
            return step
        }
        if shown.count < runs.count {
            let rest = runs[shown.count...].map { words.name(analysis.activities[$0.activity].label) }
            let left = words.number(rest.count)
            fields.append([
                "text": words("and \(left) more", "另 \(left) 步"), "kind": "more",
                "full": TextMeasure.shortened(rest.joined(separator: " › "), to: 4_000, size: 13),
            ])
        }
        return fields
    }

    private static func table(_ analysis: HistoryAnalysis, _ words: PageWords) -> PageTable {
        let variants = analysis.variants
        var table = PageTable(
            caption: words("Ways", "路径"),
            columns: [
                .text(words("steps", "步骤")), .number(words.cases), .number(words("share", "占比")),
                .number(words("steps", "步数")), .number(words("median", "中位")), .number("p90"),
                .text(words("for example", "例")),
            ]
        )
        table.total = variants.count
        for variant in variants.list.prefix(PageTable.maximumRows) {
            let names = variant.activities.prefix(40).map { words.name(analysis.activities[$0].label) }
            table.rows.append([
                .text(names.joined(separator: " › ") + (variant.activities.count > 40 ? " › …" : "")),
                .number(variant.cases), .share(Double(variant.cases) / Double(variants.cases)),
                .number(variant.activities.count), .duration(variant.durations.p50), .duration(variant.durations.p90),
                .text(variant.example),
            ])
        }
        return table
    }
}

extension String {
    /// With its first letter as a sentence begins.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
