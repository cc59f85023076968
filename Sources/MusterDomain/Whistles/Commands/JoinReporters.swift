package import EventSourcing
import Records

/// Makes those who brought the same thing up parties to how a matter ends (R5.3).
package struct JoinReporters: Command, Hashable {
    package let matter: MatterID
    package let from: MatterID
    package let reporters: [PersonID]

    package init(
        matter: MatterID,
        from: MatterID,
        reporters: [PersonID]
    ) {
        self.matter = matter
        self.from = from
        self.reporters = reporters
    }

    package static let description = CommandDescription<JoinReporters>(
        "JoinReporters",
        of: .whistles,
        Words("Add reporters", zh: "新增反映人"),
        by: [.system],
        Record<JoinReporters>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("from", \.from, .identifier(), Words("From matter", zh: "来自事项")),
            Field(
                "reporters",
                \.reporters,
                .list(of: .identifier(), count: 1...1_000, isSet: true),
                Words("Reporters", zh: "反映人")
            ),
            make: JoinReporters.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        _ = try subject.requireSubject()
        let new = reporters.filter { !subject.hasReporter($0) }
        if new.isEmpty { return [] }
        return [.reportersJoined(ReportersJoined(matter: matter, from: from, reporters: new))]
    }
}
