package import EventSourcing
import Records

/// Sets a rule of a lower level inside a measure from above. What the measure allows is in force at once; what is
/// stricter goes to the measure's issuer, and lapses when nobody approves it in time (R1.2).
package struct ProposeLocalMeasure: Command, Hashable {
    package let measure: MeasureID
    package let parent: MeasureID
    package let kind: MeasureKind
    package let territory: TerritoryID
    /// Nil takes that of the measure above.
    package let legalBasis: String?
    package let from: Timestamp
    /// Must be given (R1.3); optional here so that the refusal can name the rule.
    package let to: Timestamp?
    /// How strict it is, as its kind counts.
    package let figure: Int?
    package let reason: String

    package init(
        measure: MeasureID,
        parent: MeasureID,
        kind: MeasureKind,
        territory: TerritoryID,
        legalBasis: String? = nil,
        from: Timestamp,
        to: Timestamp? = nil,
        figure: Int? = nil,
        reason: String
    ) {
        self.measure = measure
        self.parent = parent
        self.kind = kind
        self.territory = territory
        self.legalBasis = legalBasis
        self.from = from
        self.to = to
        self.figure = figure
        self.reason = reason
    }

    package static let description = CommandDescription<ProposeLocalMeasure>(
        "ProposeLocalMeasure",
        of: .authority,
        Words("Propose a local measure", zh: "提出地方措施"),
        by: [.streetCoordinator, .communityHead],
        under: "R1.2",
        isOrder: true,
        Record<ProposeLocalMeasure>(
            Field("measure", \.measure, .identifier(), Words("Measure", zh: "措施")),
            Field("parent", \.parent, .identifier(), Words("Measure above", zh: "上级措施")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "legalBasis",
                \.legalBasis,
                Codec<String>.line(300).optional,
                Words("Legal basis", zh: "法律依据")
            ),
            Field("from", \.from, .timestamp, Words("From", zh: "开始")),
            Field("to", \.to, Codec<Timestamp>.timestamp.optional, Words("Until", zh: "结束")),
            Field(
                "figure",
                \.figure,
                Codec<Int>.integer(MeasureKind.anyFigure).optional,
                Words("Figure", zh: "数值"),
                help: MeasureKind.figureHelp
            ),
            Field("reason", \.reason, .line(500), Words("Reason", zh: "理由")),
            make: ProposeLocalMeasure.init
        )
    )

    package var stream: StreamName { Authority.stream }

    package func decide(_ authority: Authority, in context: Context) throws(Rejection) -> [Authority.Event] {
        try kind.require(figure: figure)
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        try context.requireUnused(measure)
        let above = try context.requireStanding(parent)
        try checkParent(above, context)
        let (legalBasis, to) = try context.requireBasisAndEnd(legalBasis ?? above.legalBasis, from, to)
        guard context.territories.contains(above.territory, territory) else {
            throw .widerThan(above, territory, rule: "R1.2", reason: "wider-than-parent")
        }
        guard above.from <= from, to <= above.to else {
            throw .longerThan(above, rule: "R1.2", reason: "longer-than-parent")
        }
        let strictness = try strictness(under: above)
        let limit = context.limits.authority.localApproval
        let proposed = LocalMeasureProposed(
            measure: measure,
            parent: parent,
            kind: kind,
            territory: territory,
            legalBasis: legalBasis,
            from: from,
            to: to,
            figure: figure,
            reason: reason,
            approver: strictness == .allowed ? nil : above.issuer.party,
            approveBy: strictness == .allowed ? nil : min(context.now + limit, to),
            limit: strictness == .allowed ? nil : limit
        )
        guard case .stricter(let figure, let strictest) = strictness else { return [.localMeasureProposed(proposed)] }
        let escalation = EscalationOfMeasureDetected(
            measure: measure,
            parent: parent,
            party: context.actor.party,
            kind: kind,
            territory: territory,
            figure: figure,
            strictest: strictest
        )
        return [.localMeasureProposed(proposed), .escalationDetected(escalation)]
    }

    private enum Strictness: Equatable {
        case allowed
        case stricter(figure: Int, strictest: Int)
        /// One of the two has no figure, so the issuer must look at it.
        case incomparable
    }

    /// - Throws: when it is milder than the measure above allows.
    private func strictness(under above: Measure) throws(Rejection) -> Strictness {
        guard let mildest = above.mildest, let strictest = above.strictest else { return .incomparable }
        guard let figure else {
            throw Rejection(
                rule: "R1.2",
                reason: "figure-missing",
                Words(
                    "\(above.id) has a figure (\(above.words.en)), so say how strict this one is.",
                    zh: "\(above.id) 有数值（\(above.words.zh)），请填写本措施的数值。"
                )
            )
        }
        if kind.isStricter(figure, than: strictest) { return .stricter(figure: figure, strictest: strictest) }
        guard !kind.isStricter(mildest, than: figure) else {
            let (own, least) = (kind.words(for: figure), kind.words(for: mildest))
            throw Rejection(
                rule: "R1.2",
                reason: "milder-than-allowed",
                Words(
                    "\(own.en) is milder than \(above.id) of \(above.issuer.party) allows: \(least.en).",
                    zh: "\(own.zh)宽于 \(above.issuer.party) 的 \(above.id) 所允许的范围：\(least.zh)。"
                ),
                advice: .ask(above.issuer.party)
            )
        }
        return .allowed
    }

    private func checkParent(_ above: Measure, _ context: Context) throws(Rejection) {
        if let root = above.parent {
            throw Rejection(
                rule: "R1.2",
                reason: "parent-is-local",
                Words("\(above.id) is a local measure itself.", zh: "\(above.id) 本身是地方措施。"),
                advice: Words("Cite \(root), on which it rests.", zh: "请引用其依据 \(root)。")
            )
        }
        guard above.kind == kind else {
            throw Rejection(
                rule: "R1.2",
                reason: "other-kind",
                Words(
                    "\(above.id) is about something else: \(above.kind.words.en).",
                    zh: "\(above.id) 是另一类措施：\(above.kind.words.zh)。"
                )
            )
        }
        guard above.issuer.role.isAbove(context.actor.role) else {
            throw Rejection(
                rule: "R1.2",
                reason: "not-from-above",
                Words(
                    "\(above.id) was issued by \(above.issuer.party), which is no level above.",
                    zh: "\(above.id) 由 \(above.issuer.party) 发布，并非上级。"
                ),
                advice: Words("Issue a measure, or repeal that one.", zh: "请直接发布措施，或撤销该措施。")
            )
        }
    }
}
