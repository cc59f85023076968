package import MusterDomain
package import Records

/// What stands beside the grids: how many of what there are, and the three-no compounds.
package struct GridsFigures: ListedFigures {
    /// What grids add up to.
    package struct Sums: Hashable, Sendable {
        package var grids = 0
        package var withoutWorker = 0
        /// Of those, where an incident is active.
        package var uncovered = 0
        package var tally = HouseholdTally()
        /// By all that is known: those on record, and the declared ones of grids without any.
        package var households = 0
        var overdue = OverdueVisits.Counts()

        mutating func add(_ row: GridRow, _ sign: Int) {
            guard row.state != .retired else { return }
            grids += sign
            if row.card.worker == nil { withoutWorker += sign }
            if row.state == .uncovered { uncovered += sign }
            tally = sign > 0 ? tally + row.card.tally : tally - row.card.tally
            households += sign * (row.card.households ?? 0)
            overdue = sign > 0 ? overdue + row.card.overdue : overdue - row.card.overdue
        }
    }

    /// A three-no compound.
    package struct Compound: Hashable, Sendable {
        package let territory: TerritoryID
        package let name: Words
        package let community: Words
    }

    package let sums: Sums
    /// How many three-no compounds there are.
    package let threeNo: Int
    /// The first of them.
    package let compounds: [Compound]
    /// Who recorded more visits in a minute than anybody can make, the latest first.
    package let hasty: [HastyVisitor]

    package var counts: [ListCount] {
        [
            ListCount(Words("without a worker", zh: "无网格员"), sums.withoutWorker, tone: .soon),
            ListCount(Words("of them in an incident", zh: "其中处置期间"), sums.uncovered, tone: .late),
            ListCount(Words("visits overdue", zh: "走访超期"), sums.overdue.visits, tone: .late),
            ListCount(Words("vulnerable unseen", zh: "重点户逾期未巡查"), sums.overdue.checks, tone: .late),
            ListCount(Words("reviews due", zh: "应复核"), sums.tally.reviewsDue, tone: .soon),
            ListCount(Words("to be visited again", zh: "待再访"), sums.tally.open, tone: .soon),
            ListCount(Words("absent without a word", zh: "未报备离开"), sums.tally.undeclared, tone: .rule),
            ListCount(Words("three-no", zh: "三无小区"), threeNo, tone: .rule),
            ListCount(Words("vulnerable", zh: "重点户"), sums.tally.vulnerable),
            ListCount(Words("households", zh: "住户"), sums.households),
        ]
    }

    package var remarks: [ListRemarks] {
        var remarks: [ListRemarks] = []
        if !hasty.isEmpty {
            let words = Words("Visits to be looked at (R14.5)", zh: "待核实的走访（R14.5）")
            remarks.append(ListRemarks(words, hasty.map(\.cell)))
        }
        if !compounds.isEmpty {
            let lines = compounds.map { ListCell($0.name, note: $0.community, tone: .rule) }
            remarks.append(ListRemarks(Words("Three-no compounds", zh: "三无小区"), lines))
        }
        return remarks
    }

    package func write(since previous: GridsFigures?, to writer: inout JSONWriter) {
        if sums != previous?.sums || threeNo != previous?.threeNo {
            writer.object("counts") { writer in
                writer.member("grids", sums.grids)
                writer.member("withoutWorker", sums.withoutWorker)
                writer.member("uncovered", sums.uncovered)
                writer.member("households", sums.households)
                writer.member("registered", sums.tally.households)
                writer.member("reviewsDue", sums.tally.reviewsDue)
                writer.member("visited", sums.tally.covered)
                writer.member("vulnerable", sums.tally.vulnerable)
                writer.member("revisits", sums.tally.open)
                writer.member("referred", sums.tally.referred)
                writer.member("overdueVisits", sums.overdue.visits)
                writer.member("overdueChecks", sums.overdue.checks)
                writer.member("stale", sums.tally.stale)
                writer.member("undeclared", sums.tally.undeclared)
                writer.member("threeNo", threeNo)
            }
        }
        if hasty != previous?.hasty {
            writer.list("hastyVisits", hasty) { visitor, writer in visitor.write(to: &writer) }
        }
        guard compounds != previous?.compounds else { return }
        writer.list("compounds", compounds) { compound, writer in
            writer.beginObject()
            writer.member("territory", compound.territory.rawValue)
            writer.member("name", compound.name)
            writer.member("community", compound.community)
            writer.endObject()
        }
    }
}
