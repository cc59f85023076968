package import EventSourcing
package import Records

/// Everything `muster report` says of a log: what is in it, and the analysis of what was chosen.
package struct LogReport: Hashable, Sendable {
    /// Of the whole log, as it was known at the moment that was asked for.
    package let history: HistoryReport
    package let analysis: HistoryAnalysis

    /// Reads a log from its beginning to its tail, as that stands when reading begins.
    ///
    /// - Parameter progress: called after each page with the position that was read, and the last one to be.
    /// - Throws: `HistoryError` for an event that does not read as its kind should; otherwise what the log throws.
    package static func make(
        from log: any EventStore,
        _ choice: AnalysisChoice = AnalysisChoice(),
        progress: (@Sendable (Position, Position) -> Void)? = nil
    ) async throws -> LogReport {
        let reading = try await LogReading.read(log, choice, progress: progress)
        return LogReport(history: reading.report, analysis: reading.analysis(choice))
    }
}

extension LogReport {
    /// Tables that the text form shows, in this order, and how many rows of each.
    private static let shownTables: [(query: ReportQuery, rows: Int)] = [
        (.bottlenecks, 8), (.handovers, 8), (.stagePercentiles, 16), (.onTime, 12), (.variants, 6), (.rework, 6),
        (.work, 2), (.workload, 12), (.conformance, 6), (.lateEntry, 6),
    ]

    /// Agencies whose hours the text form shows.
    private static let shownAgencies = 5

    /// The report for a terminal or a file: what matters first, then tables in aligned columns; no colour, a line break
    /// at the end.
    package func text(_ language: Language) -> String {
        let words = ReportWords(language: language)
        var lines = history.headLines(words)
        if !history.isEmpty { lines += choiceLines(words) }
        if analysis.isEmpty, !analysis.source.filters.isEmpty {
            lines += ["", words[Words("No case is like that.", zh: "没有符合条件的案件。")]]
        }
        if !analysis.isEmpty {
            for finding in analysis.findings.prefix(6) {
                lines += ["", "▸ " + words[finding.headline], "  " + words[finding.detail]]
            }
            lines += [""] + figureLines(words)
            if analysis.comparison != nil {
                lines += [""] + analysis.table(.comparison).lines(words, limit: 40)
            }
            for (query, rows) in Self.shownTables {
                let table = analysis.table(query)
                if !table.rows.isEmpty { lines += [""] + table.lines(words, limit: rows) }
            }
        }
        lines += history.bodyLines(words)
        return lines.joined(separator: "\n") + "\n"
    }

    private func choiceLines(_ words: ReportWords) -> [String] {
        let source = analysis.source
        var lines = source.filters.map { words[Words("only: \($0.en)", zh: "仅：\($0.zh)")] }
        if let known = source.asKnownAt { lines.append(words[Words("as known at \(known)", zh: "截至 \(known) 已知")]) }
        if let real = source.asTrueAt { lines.append(words[Words("as true at \(real)", zh: "截至 \(real) 已发生")]) }
        return lines
    }

    private func figureLines(_ words: ReportWords) -> [String] {
        let (counts, durations) = (analysis.counts, analysis.cases.durations)
        let cases = analysis.source.caseWords
        var lines = [
            words[
                Words(
                    "\(words.count(counts.cases, cases.en)), \(words.count(counts.events, "events")),"
                        + " \(words.count(counts.activities, "activities")), \(words.count(counts.variants, "variants"))",
                    zh: "\(words.number(counts.cases)) 件\(cases.zh)，\(words.number(counts.events)) 个事件，"
                        + "\(words.number(counts.activities)) 个环节，\(words.number(counts.variants)) 种路径"
                )
            ],
            words[
                Words(
                    "from first to last event: median \(words.roughly(durations.p50)), p90 \(words.roughly(durations.p90)),"
                        + " p99 \(words.roughly(durations.p99))",
                    zh: "首末事件之间：中位数 \(words.roughly(durations.p50))，p90 \(words.roughly(durations.p90))，"
                        + "p99 \(words.roughly(durations.p99))"
                )
            ],
        ]
        let months = analysis.seasonality.months
        if let first = months.first, let last = months.last, months.count > 1, months.count <= 120 {
            let line = Sparkline.text(months.map(\.events))
            lines.append(
                words[Words("events by month", zh: "按月事件")] + "  \(first.month.text) \(line) \(last.month.text)"
            )
        }
        let hours = Sparkline.text(analysis.seasonality.hours)
        lines.append(words[Words("events by hour", zh: "按时事件")] + "  00 \(hours) 23")
        for agency in analysis.workload.agencies.prefix(Self.shownAgencies) {
            lines.append("  00 \(Sparkline.text(agency.hours)) 23  \(words[agency.label.words])")
        }
        return lines
    }

    /// The report as one JSON object, its members always in the same order. What is not known is null, durations are in
    /// seconds, shares from 0 to 1.
    package func json() -> [UInt8] {
        let (counts, durations) = (analysis.counts, analysis.cases.durations)
        var writer = JSONWriter(capacity: 16_384)
        writer.beginObject()
        writer.member("log", history.log.rawValue)
        writer.member("mode", history.mode.rawValue)
        writer.name("position")
        writer.integer(history.position.rawValue)
        writer.member("events", counts.events)
        writer.member("cases", counts.cases)
        writer.member("activities", counts.activities)
        writer.member("variants", counts.variants)
        writer.member("rejected", counts.rejectedRows)
        writer.member("impossible", counts.impossibleRows)
        writer.name("durations")
        writer.beginObject()
        let isKnown = durations.count > 0
        writer.member("p10", isKnown ? durations.p10 : nil)
        writer.member("p50", isKnown ? durations.p50 : nil)
        writer.member("p90", isKnown ? durations.p90 : nil)
        writer.member("p99", isKnown ? durations.p99 : nil)
        writer.member("max", isKnown ? durations.maximum : nil)
        writer.member("total", isKnown ? durations.total : nil)
        writer.endObject()
        let names = analysis.activities.map(\.label.name)
        writer.list("graph", analysis.graph.edges) { edge, writer in
            writer.member("from", names[edge.from])
            writer.member("to", names[edge.to])
            writer.member("count", edge.count)
            writer.member("cases", edge.cases)
            writer.member("p50", edge.durations.p50)
            writer.member("p90", edge.durations.p90)
            writer.member("total", edge.durations.total)
        }
        writer.list("findings", analysis.findings) { finding, writer in
            writer.member("kind", finding.kind.rawValue)
            writer.member("headline", finding.headline)
            writer.member("detail", finding.detail)
            writer.member("query", finding.query.rawValue)
        }
        writer.member("zone", analysis.source.zone)
        writer.member("asOf", analysis.source.asOf)
        writer.member("arguments", analysis.source.arguments)
        history.writeMembers(to: &writer)
        writer.name("tables")
        writer.beginObject()
        for query in ReportQuery.allCases {
            writer.name(query.rawValue)
            analysis.table(query).writeRows(to: &writer)
        }
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }
}

/// Numbers as a row of small columns.
enum Sparkline {
    static func text(_ values: [Int]) -> String {
        let most = values.max() ?? 0
        let steps = Array("▁▂▃▄▅▆▇█")
        return String(values.map { $0 == 0 || most == 0 ? " " : steps[min(7, $0 * 8 / (most + 1))] })
    }
}
