package import MusterDomain

/// What is usual in the town, or aimed at, by its limits: boards say how what happened compares with it.
package struct BoardTargets: Hashable, Sendable {
    /// How often a community should blow the whistle (R3.7).
    package let whistleRate: WhistleRate
    /// Which share of callers should be answered (S5).
    package let calls: CallTargets

    package init(_ limits: Limits) {
        whistleRate = limits.whistleRate
        calls = limits.intake.calls
    }

    package static let standard = BoardTargets(.standard)
}
