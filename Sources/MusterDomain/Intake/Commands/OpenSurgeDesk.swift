package import EventSourcing
import Records

/// Lets other times hold for what is not urgent, because more comes in than the desk can answer (R5.5). Nothing is dropped.
package struct OpenSurgeDesk: Command, Hashable {
    package let territory: TerritoryID
    package let ground: SurgeGround
    package let arrivals: Int?
    package let usual: Int?
    package let abandonedPercent: Int?
    package let text: String?

    package init(
        territory: TerritoryID,
        ground: SurgeGround,
        arrivals: Int? = nil,
        usual: Int? = nil,
        abandonedPercent: Int? = nil,
        text: String? = nil
    ) {
        self.territory = territory
        self.ground = ground
        self.arrivals = arrivals
        self.usual = usual
        self.abandonedPercent = abandonedPercent
        self.text = text
    }

    package static let description = CommandDescription<OpenSurgeDesk>(
        "OpenSurgeDesk",
        of: .intake,
        Words("Open the surge desk", zh: "启动激增应对"),
        by: [.hotlineClerk, .streetCoordinator, .districtCommand, .system],
        Record<OpenSurgeDesk>(
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("ground", \.ground, .choice, Words("Ground", zh: "依据")),
            Field(
                "arrivals",
                \.arrivals,
                Codec<Int>.integer(0...1_000_000_000).optional,
                Words("Came in this hour", zh: "本小时来量")
            ),
            Field(
                "usual",
                \.usual,
                Codec<Int>.integer(0...1_000_000_000).optional,
                Words("Usual in this hour", zh: "同时段常量")
            ),
            Field(
                "abandonedPercent",
                \.abandonedPercent,
                Codec<Int>.integer(0...100).optional,
                Words("Callers who hung up, in percent", zh: "放弃率（%）")
            ),
            Field("text", \.text, Codec<String>.prose().optional, Words("Why", zh: "原因")),
            make: OpenSurgeDesk.init
        )
    )

    package var stream: StreamName { SurgeDesk.stream(territory) }

    package func decide(_ subject: SurgeDesk, in context: Context) throws(Rejection) -> [SurgeDesk.Event] {
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        guard subject.openSince == nil else {
            if context.actor.role == .system { return [] }
            throw Rejection(
                rule: "R5.5",
                reason: "surge-open",
                Words("The surge desk is open already.", zh: "激增应对已启动。")
            )
        }
        let isReasoned =
            switch ground {
            case .arrivals: arrivals != nil
            case .abandoned: abandonedPercent != nil
            case .ordered: text != nil
            }
        guard isReasoned else {
            throw Rejection(
                rule: "R5.5",
                reason: "ground-missing",
                Words("Say why: a figure, or a reason in words.", zh: "请说明依据：数据或原因。")
            )
        }
        let limits = context.limits.intake.surge
        return [
            .surgeDeclared(
                SurgeDeclared(
                    territory: territory,
                    number: subject.number + 1,
                    ground: ground,
                    arrivals: arrivals,
                    usual: usual,
                    abandonedPercent: abandonedPercent,
                    text: text,
                    answerLimit: limits.answer,
                    callBackLimit: limits.callBack
                )
            )
        ]
    }
}
