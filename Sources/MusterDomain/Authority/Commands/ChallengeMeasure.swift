package import EventSourcing
import Records

/// Says that a measure is wrong. Whoever it concerns may; its issuer or a level above repeals it, or does not.
package struct ChallengeMeasure: Command, Hashable {
    package let challenge: ChallengeID
    package let measure: MeasureID
    package let text: String

    package init(
        challenge: ChallengeID,
        measure: MeasureID,
        text: String
    ) {
        self.challenge = challenge
        self.measure = measure
        self.text = text
    }

    package static let description = CommandDescription<ChallengeMeasure>(
        "ChallengeMeasure",
        of: .authority,
        Words("Challenge a measure", zh: "质疑措施"),
        by: [
            .resident, .gridWorker, .communityHead, .streetCoordinator, .departmentOfficer, .propertyManager,
            .ngoCoordinator, .ownersDelegate,
        ],
        Record<ChallengeMeasure>(
            Field("challenge", \.challenge, .identifier(), Words("Challenge", zh: "质疑")),
            Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
            Field("text", \.text, .prose(), Words("What is wrong", zh: "质疑内容"), isPersonal: true),
            make: ChallengeMeasure.init
        )
    )

    package var stream: StreamName { MeasureChallenge.stream(challenge) }

    package func decide(
        _ subject: MeasureChallenge,
        in context: Context
    ) throws(Rejection) -> [MeasureChallenge.Event] {
        let challenged = try context.requireStanding(measure)
        guard challenged.issuer.party != context.actor.party else {
            throw Rejection(
                rule: "S1",
                reason: "own-measure",
                Words("\(context.actor.party) issued it itself.", zh: "该措施由 \(context.actor.party) 自己发布。"),
                advice: Words("Repeal it instead.", zh: "请直接撤销。")
            )
        }
        guard context.territories.overlap(context.actor.territory, challenged.territory) else {
            throw Rejection(
                rule: "S1",
                reason: "not-concerned",
                Words(
                    "\(measure) holds in \(challenged.territory), which does not concern \(context.actor.territory).",
                    zh: "\(measure) 适用于 \(challenged.territory)，与 \(context.actor.territory) 无关。"
                )
            )
        }
        guard !subject.isMade else {
            throw Rejection(
                rule: "S1",
                reason: "challenge-exists",
                Words("Challenge \(challenge) was made already.", zh: "质疑 \(challenge) 已提出。")
            )
        }
        return [
            .measureChallenged(
                MeasureChallenged(
                    challenge: challenge,
                    measure: measure,
                    issuer: challenged.issuer.party,
                    text: text
                )
            )
        ]
    }
}
