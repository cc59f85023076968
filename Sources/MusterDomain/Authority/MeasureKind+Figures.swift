package import Records

/// How strict a measure is, as one whole number whose meaning its kind gives, so that anybody can compare two.
extension MeasureKind {
    /// Every figure of any kind lies in it.
    package static let anyFigure = 0...100_000

    /// What the figure means, for forms and schemas.
    static let figureHelp = Words(
        "People at a gathering; 0 nobody, 1 visitors, 2 everybody for an entry check; hours a day for a closure; "
            + "times a day for disinfection",
        zh: "聚集：人数；查验：0 不查、1 查访客、2 全查；关闭：每天小时数；消毒：每天次数"
    )

    /// The figures there are; nil for what is forbidden.
    package var figures: ClosedRange<Int>? {
        switch self {
        case .entryCheck: 0...2
        case .gatheringLimit: 0...100_000
        case .venueClosure, .disinfection: 0...24
        case .weldingDoors, .diggingRoads, .barringTenants, .barringMedicalStaff, .publishingIdentities,
            .refusingThePhoneless:
            nil
        }
    }

    /// Whether the first figure asks more of people than the second: fewer people at a gathering, more checks, hours or
    /// times of anything else.
    package func isStricter(_ one: Int, than other: Int) -> Bool {
        self == .gatheringLimit ? one < other : one > other
    }

    /// The figure in words, as "at most 50 people".
    package func words(for figure: Int) -> Words {
        switch self {
        case .entryCheck:
            switch figure {
            case 0: Words("nobody is checked", zh: "不查验")
            case 1: Words("visitors are checked", zh: "查验访客")
            default: Words("everybody is checked", zh: "全员查验")
            }
        case .gatheringLimit: Words("at most \(figure) people", zh: "不超过 \(figure) 人")
        case .venueClosure: Words("closed \(figure) hours a day", zh: "每天关闭 \(figure) 小时")
        case .disinfection: Words("\(figure) times a day", zh: "每天 \(figure) 次")
        case .weldingDoors, .diggingRoads, .barringTenants, .barringMedicalStaff, .publishingIdentities,
            .refusingThePhoneless:
            Words("never", zh: "一律禁止")
        }
    }

    /// What a measure of this kind says, as "Limit on gatherings, at most 50 people".
    func words(with figure: Int?) -> Words {
        guard let said = figure.map(words(for:)) else { return words }
        return Words("\(words.en), \(said.en)", zh: "\(words.zh)，\(said.zh)")
    }

    /// Refuses what is forbidden (R1.4), and figures that cannot be compared: those that the kind does not have, and a
    /// range without the measure's own figure in it.
    func require(figure: Int?, mildest: Int? = nil, strictest: Int? = nil) throws(Rejection) {
        guard let figures else { throw .forbiddenKind(self) }
        guard let figure else {
            if mildest == nil, strictest == nil { return }
            throw Rejection(
                rule: "R1.2",
                reason: "figure-missing",
                Words("A range for lower levels needs the measure's own figure.", zh: "设定下级范围时必须填写本措施的数值。")
            )
        }
        for value in [figure, mildest, strictest].compactMap(\.self) where !figures.contains(value) {
            throw Rejection(
                rule: "R1.2",
                reason: "figure-outside",
                Words(
                    "\(value) means nothing for \(words.en): the figures are \(figures.lowerBound) to \(figures.upperBound).",
                    zh: "\(words.zh)的数值只能是 \(figures.lowerBound) 到 \(figures.upperBound)，不能是 \(value)。"
                )
            )
        }
        let isMildestStricter = mildest.map { isStricter($0, than: figure) } ?? false
        let isStrictestMilder = strictest.map { isStricter(figure, than: $0) } ?? false
        guard !isMildestStricter, !isStrictestMilder else {
            throw Rejection(
                rule: "R1.2",
                reason: "range-crossed",
                Words(
                    "The mildest and the strictest that lower levels may choose must hold the measure's own figure.",
                    zh: "下级可选的最宽与最严数值之间必须包含本措施的数值。"
                )
            )
        }
    }
}

extension Rejection {
    fileprivate static func forbiddenKind(_ kind: MeasureKind) -> Rejection {
        Rejection(
            kind: .forbidden,
            rule: "R1.4",
            reason: "kind-forbidden",
            Words(
                "\(kind.words.en): no measure may ever do this, whoever wants it.",
                zh: "\(kind.words.zh)：任何单位、任何措施都不得采取。"
            ),
            advice: Words("Nobody can allow it. Choose another measure.", zh: "任何人都无权批准，请改用其他措施。")
        )
    }
}
