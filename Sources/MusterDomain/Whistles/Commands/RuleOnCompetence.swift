package import EventSourcing
import Records

/// Decides a dispute.
package struct RuleOnCompetence: Command, Hashable {
    package let matter: MatterID
    package let department: PartyID
    /// True releases the department.
    package let upheld: Bool
    /// Who comes instead.
    package let replacement: PartyID?
    package let text: String

    package init(
        matter: MatterID,
        department: PartyID,
        upheld: Bool,
        replacement: PartyID? = nil,
        text: String
    ) {
        self.matter = matter
        self.department = department
        self.upheld = upheld
        self.replacement = replacement
        self.text = text
    }

    package static let description = CommandDescription<RuleOnCompetence>(
        "RuleOnCompetence",
        of: .whistles,
        Words("Rule on competence", zh: "裁定管辖"),
        by: [.streetCoordinator, .districtCommand],
        under: "R3.4",
        isOrder: true,
        Record<RuleOnCompetence>(
            Field("matter", \.matter, .identifier(), Words("Matter", zh: "事项")),
            Field("department", \.department, .identifier(), Words("Department", zh: "部门")),
            Field("upheld", \.upheld, .boolean, Words("Dispute upheld", zh: "异议成立")),
            Field("replacement", \.replacement, Codec<PartyID>.identifier().optional, Words("Replacement", zh: "改派单位")),
            Field("text", \.text, .prose(), Words("Text", zh: "说明")),
            make: RuleOnCompetence.init
        )
    )

    package var stream: StreamName { Matter.stream(matter) }

    package func decide(_ subject: Matter, in context: Context) throws(Rejection) -> [Matter.Event] {
        let territory = try subject.requireSubject().territory
        try context.requireCovers(territory)
        let round = try subject.requireOpenRound()
        let call = try subject.requireCall(of: department, in: round)
        guard case .disputed(let clock) = call.state else {
            throw Rejection(
                rule: "R3.4",
                reason: "no-dispute",
                Words("\(department) does not dispute its competence.", zh: "\(department) 没有提出管辖异议。")
            )
        }
        if upheld { try checkRelease(from: round, in: territory, context) } else { try checkNoReplacement() }
        let startsClock = upheld ? replacement.map { round.call(of: $0) == nil } ?? false : clock.isPaused
        let limit = context.limits.response(to: round.urgency).accept
        return [
            .competenceRuled(
                CompetenceRuled(
                    matter: matter,
                    round: round.number,
                    department: department,
                    upheld: upheld,
                    replacement: replacement,
                    lead: upheld && round.lead == department ? replacement : round.lead,
                    text: text,
                    acceptBy: startsClock ? context.now + limit : nil,
                    limit: startsClock ? limit : nil,
                    ladder: startsClock ? context.limits.ladder : nil
                )
            )
        ]
    }

    private func checkNoReplacement() throws(Rejection) {
        guard replacement == nil else {
            throw Rejection(
                rule: "R3.4",
                reason: "replacement-needless",
                Words("A department that must come is not replaced.", zh: "须到场的部门不需要改派。")
            )
        }
    }

    private func checkRelease(
        from round: WhistleRound,
        in territory: TerritoryID,
        _ context: Context
    ) throws(Rejection) {
        guard let replacement else {
            guard round.lead != department, round.departments.count > 1 else {
                throw Rejection(
                    rule: "R3.3",
                    reason: "replacement-missing",
                    Words("The whistle would be without a lead.", zh: "吹哨将没有牵头单位。"),
                    advice: Words("Name who comes instead, or the district itself.", zh: "请指定改派单位，或由区级兜底。")
                )
            }
            return
        }
        let former = round.call(of: replacement)
        guard replacement != department, former?.isCalled ?? true else {
            throw Rejection(
                rule: "R3.4",
                reason: "replacement-released",
                Words("\(replacement) was found not competent itself.", zh: "\(replacement) 已被裁定无管辖权。")
            )
        }
        if case .disputed? = former?.state {
            throw Rejection(
                rule: "R3.4",
                reason: "replacement-disputes",
                Words("\(replacement) disputes its competence itself.", zh: "\(replacement) 自身也提出了管辖异议。"),
                advice: Words("Rule on that dispute first.", zh: "请先裁定该异议。")
            )
        }
        if try context.requireParty(replacement).kind == .district { return }
        try context.requireCallable(replacement, for: round.duty, in: territory)
    }
}
