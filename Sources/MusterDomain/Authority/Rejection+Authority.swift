import Records

extension Rejection {
    /// - Parameter rule: whichever rule asks for the period.
    static func endBeforeStart(rule: String) -> Rejection {
        Rejection(
            rule: rule,
            reason: "end-before-start",
            Words("The end must lie after the start.", zh: "结束时间必须晚于开始时间。")
        )
    }

    /// Somebody would apply a measure to ground for which it was not issued.
    static func widerThan(_ measure: Measure, _ territory: TerritoryID, rule: String, reason: String) -> Rejection {
        Rejection(
            kind: rule == "R1.1" ? .forbidden : .refused,
            rule: rule,
            reason: reason,
            Words(
                "\(measure.id) of \(measure.issuer.party) holds in \(measure.territory); \(territory) would widen it.",
                zh: "\(measure.issuer.party) 的 \(measure.id) 只适用于 \(measure.territory)，不得扩大到 \(territory)。"
            ),
            advice: .ask(measure.issuer.party)
        )
    }

    /// Somebody would apply a measure before its start or beyond its end.
    static func longerThan(_ measure: Measure, rule: String, reason: String) -> Rejection {
        Rejection(
            kind: rule == "R1.1" ? .forbidden : .refused,
            rule: rule,
            reason: reason,
            Words(
                "\(measure.id) of \(measure.issuer.party) holds from \(measure.from) to \(measure.to) and no longer.",
                zh: "\(measure.issuer.party) 的 \(measure.id) 只在 \(measure.from) 至 \(measure.to) 有效，不得延长。"
            ),
            advice: .ask(measure.issuer.party)
        )
    }
}
