package import EventSourcing
import Records

/// Records that a department let a limit pass.
package struct RecordNoShow: Command, Hashable {
    package let matter: MatterID
    package let department: PartyID
    package let step: WhistleStep
    /// The limit, which names the clock.
    package let dueAt: Timestamp

    package init(
        matter: MatterID,
        department: PartyID,
        step: WhistleStep,
        dueAt: Timestamp
    ) {
        self.matter = matter
        self.department = department
        self.step = step
        self.dueAt = dueAt
    }

    package static let description = CommandDescription<RecordNoShow>(
        "RecordNoShow",
        of: .whistles,
        Words("Record a no-show", zh: "记录逾期未到"),
        by: [.system],
        Record<RecordNoShow>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
            Field("step", \.step, .choice, Words("Step", zh: "环节")),
            Field("dueAt", \.dueAt, .timestamp, Words("Due", zh: "期限")),
            make: RecordNoShow.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        // Whoever acts has come: it is chased by the ladder alone.
        guard step != .act, let round = subject.openRound,
            let clock = round.chasedClock(of: department, step, due: dueAt),
            !clock.isNoShow
        else { return [] }
        guard context.now >= dueAt else { throw .tooEarly(dueAt) }
        return [
            .departmentNoShow(
                DepartmentNoShow(matter: matter, round: round.number, department: department, step: step, dueAt: dueAt)
            )
        ]
    }
}
