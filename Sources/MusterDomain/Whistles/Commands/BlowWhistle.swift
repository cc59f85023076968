package import EventSourcing
import Records

/// Calls departments to a matter (吹哨).
package struct BlowWhistle: Command, Hashable {
    package let matter: MatterID
    package let kind: WhistleKind
    package let urgency: Urgency
    /// The duty by which the departments are called.
    package let duty: DutyID
    package let departments: [PartyID]
    /// Must be given when several departments are called (R3.3).
    package let lead: LeadChoice?
    package let basis: String

    package init(
        matter: MatterID,
        kind: WhistleKind,
        urgency: Urgency,
        duty: DutyID,
        departments: [PartyID],
        lead: LeadChoice? = nil,
        basis: String
    ) {
        self.matter = matter
        self.kind = kind
        self.urgency = urgency
        self.duty = duty
        self.departments = departments
        self.lead = lead
        self.basis = basis
    }

    package static let description = CommandDescription<BlowWhistle>(
        "BlowWhistle",
        of: .whistles,
        Words("Blow the whistle", zh: "吹哨"),
        by: [.gridWorker, .communityHead, .streetCoordinator],
        under: "R3.1",
        isOrder: true,
        Record<BlowWhistle>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("urgency", \.urgency, .choice, Words("Urgency", zh: "紧急程度")),
            Field("duty", \.duty, .identifier(), Words("Duty", zh: "职责")),
            Field(
                "departments",
                \.departments,
                .list(of: .identifier(), count: 1...10, isSet: true),
                Words("Departments", zh: "部门")
            ),
            Field(
                "lead",
                \.lead,
                Codec<LeadChoice>.leadChoice.optional,
                Words("Lead", zh: "牵头单位"),
                help: Words("A department called, or first-receiver", zh: "所召部门之一，或 first-receiver（首接负责）")
            ),
            Field("basis", \.basis, .prose(), Words("Basis", zh: "依据")),
            make: BlowWhistle.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let territory = try subject.requireSubject().territory
        try context.requireCovers(territory)
        try checkSender(context)
        try checkStage(subject)
        for department in departments { try context.requireCallable(department, for: duty, in: territory) }
        if departments.count > 1, context.responsibility(for: duty, in: territory) == nil {
            throw context.nobodyResponsible(
                for: duty,
                in: territory,
                advice: Words("Call the district alone, which takes what nobody has.", zh: "请只召集区级单位兜底。")
            )
        }
        let limit = context.limits.response(to: urgency).accept
        return [
            .whistleBlown(
                WhistleBlown(
                    matter: matter,
                    round: subject.rounds.count + 1,
                    kind: kind,
                    urgency: urgency,
                    duty: duty,
                    departments: departments,
                    lead: try chosenLead(),
                    basis: basis,
                    listVersion: context.authority.list(at: context.occurredAt)?.version,
                    needsRatification: kind == .emergency && context.actor.role == .gridWorker
                        && subject.stage != .consented,
                    acceptBy: context.now + limit,
                    limit: limit,
                    ladder: context.limits.ladder
                )
            )
        ]
    }

    private func checkSender(_ context: Context) throws(Rejection) {
        switch context.authority.parties[context.actor.party]?.kind {
        case .community, .street: return
        default:
            throw Rejection(
                kind: .forbidden,
                rule: "R3.1",
                reason: "not-community-or-street",
                Words("Only a community or a street blows the whistle.", zh: "只有社区或街道可以吹哨。")
            )
        }
    }

    private func checkStage(_ subject: Matter) throws(Rejection) {
        guard subject.openRound == nil else {
            throw Rejection(
                rule: "R3.8",
                reason: "whistle-open",
                Words("A whistle is open for this matter already.", zh: "该事项已有未结束的吹哨。"),
                advice: Words("Withdraw it first; both stay visible.", zh: "请先撤哨；两次都会保留。")
            )
        }
        guard subject.rounds.count < Matter.maximumRounds else {
            throw Rejection(
                rule: "R3.8",
                reason: "too-many-whistles",
                Words(
                    "There were \(Matter.maximumRounds) whistles for this matter.",
                    zh: "该事项已吹哨 \(Matter.maximumRounds) 次。"
                )
            )
        }
        switch subject.stage {
        case .raised, .investigating, .awaitingConsent, .consented: break
        case .unraised, .resolvedLocally, .whistled, .inAction, .filedBoth, .awaitingFeedback, .answered, .closed,
            .reopened:
            throw subject.refusal(of: Self.description.words)
        }
        switch kind {
        case .emergency:
            guard urgency == .emergency else {
                throw Rejection(
                    rule: "R3.2",
                    reason: "no-emergency",
                    Words("What can wait needs no emergency whistle.", zh: "可以等待的事项不能用应急吹哨。"),
                    advice: Words("Ask for consent and choose another kind.", zh: "请先申请同意，并选择其他类别。")
                )
            }
        case .jointEnforcement, .beyondStreet:
            guard subject.stage == .consented else {
                throw Rejection(
                    rule: "R3.2",
                    reason: "consent-missing",
                    Words("Only an emergency whistle goes without consent.", zh: "除应急吹哨外，须先取得同意。"),
                    advice: Words("Ask the community head for consent.", zh: "请先向社区负责人申请同意。")
                )
            }
        }
    }

    /// Nil when the first receiver is to lead.
    private func chosenLead() throws(Rejection) -> PartyID? {
        switch lead {
        case nil:
            guard departments.count == 1 else {
                throw Rejection(
                    rule: "R3.3",
                    reason: "lead-missing",
                    Words("Several departments need exactly one lead.", zh: "召集多个部门时必须有且只有一个牵头单位。"),
                    advice: Words("Name one of them, or first-receiver.", zh: "请指定其中之一，或填写 first-receiver（首接负责）。")
                )
            }
            return departments[0]
        case .firstReceiver:
            return departments.count == 1 ? departments[0] : nil
        case .party(let party):
            guard departments.contains(party) else {
                throw Rejection(
                    rule: "R3.3",
                    reason: "lead-not-called",
                    Words("\(party) cannot lead: it is not called.", zh: "\(party) 不在召集之列，不能牵头。")
                )
            }
            return party
        }
    }
}
