package import EventSourcing
import Records

/// Tells one's own superior how it went.
package struct FileWithSuperior: Command, Hashable {
    package let matter: MatterID
    package let side: FilingSide
    package let superior: String
    package let text: String

    package init(
        matter: MatterID,
        side: FilingSide,
        superior: String,
        text: String
    ) {
        self.matter = matter
        self.side = side
        self.superior = superior
        self.text = text
    }

    package static let description = CommandDescription<FileWithSuperior>(
        "FileWithSuperior",
        of: .whistles,
        Words("File with the superior", zh: "向上级报备"),
        by: [.communityHead, .streetCoordinator, .departmentOfficer, .districtCommand],
        under: "R3.6",
        Record<FileWithSuperior>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("side", \.side, .choice, Words("Side", zh: "报备方")),
            Field("superior", \.superior, .line(), Words("Superior", zh: "上级")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: FileWithSuperior.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let territory = try subject.requireSubject().territory
        let round = try subject.requireOpenRound()
        switch side {
        case .community:
            guard !context.actor.speaksForDepartments else { throw Self.otherSide }
            try context.requireCovers(territory)
            // There is nothing to tell of a whistle to which nobody has come.
            guard subject.stage == .inAction else { throw subject.refusal(of: Self.description.words) }
        case .department:
            guard context.actor.speaksForDepartments else { throw Self.otherSide }
            try subject.requireLead(round, context)
            guard round.call(of: context.actor.party)?.state == .done else {
                throw Rejection(
                    rule: "R3.6",
                    reason: "action-open",
                    Words("The lead has not completed its action.", zh: "牵头单位尚未完成处置。")
                )
            }
        }
        guard !subject.filings.contains(side) else {
            throw Rejection(
                rule: "R3.5",
                reason: "filed-already",
                Words("\(side.words.en) has filed already.", zh: "\(side.words.zh)已报备。")
            )
        }
        return [
            .filedWithSuperior(
                FiledWithSuperior(
                    matter: matter,
                    side: side,
                    party: context.actor.party,
                    superior: superior,
                    text: text
                )
            )
        ]
    }

    private static let otherSide = Rejection(
        kind: .forbidden,
        rule: "R3.6",
        reason: "other-side",
        Words("Neither side files for the other.", zh: "任何一方不得代另一方报备。")
    )
}
