import EventSourcing
import Records

/// A post goes from one person to the next: both are there together for a while (S12).
package struct Handover: Hashable, Sendable {
    package let leaver: PersonID
    package let leaving: WorkPeriod
    package let comer: PersonID
    package let coming: WorkPeriod

    package init(from leaver: PersonID, _ leaving: WorkPeriod, to comer: PersonID, _ coming: WorkPeriod) {
        self.leaver = leaver
        self.leaving = leaving
        self.comer = comer
        self.coming = coming
    }

    /// How long both are there; negative when the post is empty in between.
    package var overlap: Duration { leaving.end.since(coming.start) }

    /// Why this is no handover; empty when it is.
    package func check(_ limits: WorkLimits) -> [Rejection] {
        if leaver == comer {
            return [
                Rejection(
                    rule: "S12",
                    reason: "handover-to-oneself",
                    Words("\(leaver) cannot hand over to themselves.", zh: "\(leaver) 不能向本人交接。")
                )
            ]
        }
        guard coming.start > leaving.start, coming.end > leaving.end else {
            return [
                Rejection(
                    rule: "S12",
                    reason: "handover-out-of-order",
                    Words(
                        "\(comer) must come later and stay longer than \(leaver).",
                        zh: "\(comer) 的上岗与离岗均须晚于 \(leaver)。"
                    )
                )
            ]
        }
        guard overlap < limits.handover else { return [] }
        return [
            Rejection(
                rule: "S12",
                reason: "handover-too-short",
                Words(
                    "\(leaver) and \(comer) are at the post together for \(WorkTime.words(overlap).en); "
                        + "\(WorkTime.words(limits.handover).en) are needed.",
                    zh: "\(leaver) 与 \(comer) 同时在岗 \(WorkTime.words(overlap).zh)，"
                        + "需要 \(WorkTime.words(limits.handover).zh)。"
                )
            )
        ]
    }
}
