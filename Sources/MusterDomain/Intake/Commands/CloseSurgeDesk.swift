package import EventSourcing
import Records

/// Lets the times of every day hold again (R5.5).
package struct CloseSurgeDesk: Command, Hashable {
    package let territory: TerritoryID
    package let number: Int?
    package let quietAt: Timestamp?
    package let text: String?

    package init(
        territory: TerritoryID,
        number: Int? = nil,
        quietAt: Timestamp? = nil,
        text: String? = nil
    ) {
        self.territory = territory
        self.number = number
        self.quietAt = quietAt
        self.text = text
    }

    package static let description = CommandDescription<CloseSurgeDesk>(
        "CloseSurgeDesk",
        of: .intake,
        Words("Close the surge desk", zh: "结束激增应对"),
        by: [.hotlineClerk, .streetCoordinator, .districtCommand, .system],
        Record<CloseSurgeDesk>(
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("number", \.number, Codec<Int>.integer(1...1_000_000).optional, Words("Which surge", zh: "第几次")),
            Field("quietAt", \.quietAt, Codec<Timestamp>.timestamp.optional, Words("Quiet at", zh: "平稳时间")),
            Field("text", \.text, Codec<String>.prose().optional, Words("Why", zh: "原因")),
            make: CloseSurgeDesk.init
        )
    )

    package var stream: StreamName { SurgeDesk.stream(territory) }

    package func decide(_ subject: SurgeDesk, in context: Context) throws(Rejection) -> [SurgeDesk.Event] {
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        let isCurrent = subject.openSince != nil && number.map { $0 == subject.number } != false
        guard isCurrent, let openSince = subject.openSince else {
            // The one that a timer means is over.
            if context.actor.role == .system { return [] }
            throw Rejection(
                rule: "R5.5",
                reason: "no-surge",
                Words("No such surge desk is open.", zh: "没有启动中的激增应对。")
            )
        }
        if let quietAt, context.now < quietAt { throw .tooEarly(quietAt) }
        try context.requireNotDated(before: openSince, Words("it was opened", zh: "启动时间"))
        return [.surgeEnded(SurgeEnded(territory: territory, number: subject.number, text: text))]
    }
}
