package import EventSourcing
import Records

/// Two people take each other's shift (R12.6).
package struct ShiftSwap: Hashable, Sendable {
    /// One side: who, and which shift they give away.
    package struct Side: Hashable, Sendable {
        package let worker: Worker
        package let gives: ShiftID

        package init(worker: Worker, gives: ShiftID) {
            self.worker = worker
            self.gives = gives
        }
    }

    package let one: Side
    package let other: Side
    /// Who has agreed.
    package let agreed: Set<PersonID>

    package init(_ one: Side, _ other: Side, agreed: Set<PersonID>) {
        self.one = one
        self.other = other
        self.agreed = agreed
    }

    /// Why the swap cannot be; empty when it can. Each side is checked for the shift they would get, with their own
    /// left out: both sides agree, have the skills of every step, a post where the shift is, and hours and rest.
    ///
    /// - Parameter time: a shift that has started by then is not swapped any more.
    package func check(at time: Timestamp, in territories: TerritoryRegister, limits: WorkLimits) -> [Rejection] {
        guard one.worker.id != other.worker.id else {
            return [
                Rejection(
                    rule: "R12.6",
                    reason: "swap-with-oneself",
                    Words("A swap needs two people.", zh: "换班须有两人。")
                )
            ]
        }
        guard let first = one.duty, let second = other.duty else {
            return [one, other].filter { $0.duty == nil }.map { side in
                Rejection(
                    kind: .notFound,
                    rule: "R12.6",
                    reason: "no-such-shift",
                    Words(
                        "\(side.worker.id) has no shift \(side.gives) to give.",
                        zh: "\(side.worker.id) 没有可换的班次 \(side.gives)。"
                    )
                )
            }
        }
        return consentRejections() + [first, second].compactMap { Self.startedRejection($0, at: time) }
            + Self.rejections(of: one, for: second, in: territories, limits)
            + Self.rejections(of: other, for: first, in: territories, limits)
    }

    private func consentRejections() -> [Rejection] {
        [one, other].map(\.worker.id).filter { !agreed.contains($0) }.map { person in
            Rejection(
                rule: "R12.6",
                reason: "consent-missing",
                Words("\(person) has not agreed to the swap.", zh: "\(person) 尚未同意换班。"),
                advice: Words("Both sides must agree.", zh: "换班须双方同意。")
            )
        }
    }

    private static func startedRejection(_ duty: RosteredDuty, at time: Timestamp) -> Rejection? {
        guard duty.state == .worked || duty.period.start <= time else { return nil }
        return Rejection(
            rule: "R12.6",
            reason: "shift-started",
            Words("Shift \(duty.id) has started already.", zh: "班次 \(duty.id) 已经开始。"),
            advice: Words("Ask for relief instead.", zh: "请改为申请替班。")
        )
    }

    /// What is against one side having the other's shift. A skill that is missing is a matter of the swap itself.
    private static func rejections(
        of side: Side,
        for duty: RosteredDuty,
        in territories: TerritoryRegister,
        _ limits: WorkLimits
    ) -> [Rejection] {
        side.worker.refusals(of: duty.need, in: territories, limits: limits, without: [side.gives]).map { refusal in
            let rejection = refusal.rejection(of: side.worker.id, days: limits.days)
            guard refusal.rule == "R12.3" else { return rejection }
            return Rejection(rule: "R12.6", reason: rejection.reason, rejection.words, advice: rejection.advice)
        }
    }
}

extension ShiftSwap.Side {
    var duty: RosteredDuty? { worker.duties.first { $0.id == gives } }
}
