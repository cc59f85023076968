package import Records

/// What stands beside the rows of the whistles board.
package struct WhistlesFigures: BoardFigures {
    /// The department whose clock needs help soonest first.
    package let departments: [DepartmentFigures]
    /// The one whose clock is due soonest first.
    package let disputes: [CompetenceDispute]
    package let arrivals: [DepartmentArrivals]
    /// The one that has waited longest first.
    package let halfFiled: [HalfFiledMatter]
    /// Matters that died in approval, the one that has lain longest first.
    package let died: [DeadApproval]
    /// By the name of the community's identifier.
    package let rates: [CommunityRate]

    package func write(since previous: WhistlesFigures?, to writer: inout JSONWriter) {
        if departments != previous?.departments {
            writer.list("departments", departments) { department, writer in department.write(to: &writer) }
        }
        writeRest(since: previous, to: &writer)
    }

    /// Everything but the departments, which a snapshot writes together with their rows.
    func writeRest(since previous: WhistlesFigures?, to writer: inout JSONWriter) {
        if disputes != previous?.disputes {
            writer.list("disputes", disputes) { dispute, writer in dispute.write(to: &writer) }
        }
        if arrivals != previous?.arrivals {
            writer.list("arrivals", arrivals) { arrivals, writer in arrivals.write(to: &writer) }
        }
        if halfFiled != previous?.halfFiled {
            writer.list("halfFiled", halfFiled) { matter, writer in matter.write(to: &writer) }
        }
        if died != previous?.died {
            writer.list("diedInApproval", died) { matter, writer in matter.write(to: &writer) }
        }
        if rates != previous?.rates {
            writer.list("rates", rates) { rate, writer in rate.write(to: &writer) }
        }
    }
}
