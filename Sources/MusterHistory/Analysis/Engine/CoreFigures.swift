/// The graph, the ways and the durations of a log, without anything else that an analysis says.
package struct CoreFigures: Hashable, Sendable {
    package let activities: [ActivityStatistics]
    package let graph: DirectlyFollowsGraph
    package let variants: VariantStatistics
    package let cases: CaseDurations

    package init(_ columns: EventColumns) {
        let labels = (0..<columns.activityNames.count).map { Label(columns.activityNames[Int32($0)]) }
        let table = CaseTable(columns)
        (activities, graph) = table.graph(labels)
        variants = table.variants(table.ways(), columns.caseNames)
        cases = table.caseDurations(columns.caseNames)
    }

    /// Those of a whole analysis.
    package init(_ analysis: HistoryAnalysis) {
        (activities, graph, variants, cases) = (analysis.activities, analysis.graph, analysis.variants, analysis.cases)
    }
}
