import EventSourcing
package import Records

/// What stands beside the incidents.
package struct IncidentsFigures: BoardFigures {
    package let open: Int
    /// Groups that have not stood up, over all incidents.
    package let groupsMissing: Int
    /// Clocks whose time has passed.
    package let overdue: Int
    /// Sites that wait for disinfection, or whatever else must cover them.
    package let sitesUncovered: Int

    init(rows: some Sequence<IncidentRow>, at now: Timestamp) {
        var (open, groupsMissing, overdue, sitesUncovered) = (0, 0, 0, 0)
        for row in rows {
            open += 1
            groupsMissing += row.lanes.count(where: { $0.state == .missing })
            overdue += row.clocks.count(where: { $0.due < now })
            sitesUncovered += row.sitesUncovered.count
        }
        self.open = open
        self.groupsMissing = groupsMissing
        self.overdue = overdue
        self.sitesUncovered = sitesUncovered
    }

    package func write(since previous: IncidentsFigures?, to writer: inout JSONWriter) {
        if open != previous?.open { writer.member("open", open) }
        if groupsMissing != previous?.groupsMissing { writer.member("groupsMissing", groupsMissing) }
        if overdue != previous?.overdue { writer.member("overdue", overdue) }
        if sitesUncovered != previous?.sitesUncovered { writer.member("sitesUncovered", sitesUncovered) }
    }
}
