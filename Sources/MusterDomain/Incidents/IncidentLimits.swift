package import Records

/// What of the times of incidents no playbook says.
package struct IncidentLimits: Hashable, Sendable {
    /// From the suspicion to its verification, where no playbook for the kind says otherwise.
    package let verification: Duration
    /// Which share of a playbook's times counts: 1 but in a demonstration, which runs faster.
    package let playbookShare: Double

    package init(verification: Duration, playbookShare: Double = 1) {
        self.verification = verification
        self.playbookShare = playbookShare
    }

    package static let standard = IncidentLimits(verification: .seconds(7_200))

    /// A time of a playbook as it counts here.
    func time(_ time: Duration) -> Duration { time.scaled(by: playbookShare) }

    func scaled(by factor: Double) -> IncidentLimits {
        IncidentLimits(
            verification: verification.scaled(by: factor),
            playbookShare: min(max(playbookShare * factor, Self.shares.lowerBound), Self.shares.upperBound)
        )
    }

    private static let shares = 0.000_001...1_000

    /// What a document does not name is as in `standard`.
    package static func record(standard: IncidentLimits) -> Record<IncidentLimits> {
        Record<IncidentLimits>(
            standard: standard,
            Field(
                "verificationSeconds",
                \.verification,
                .seconds,
                Words("Verification", zh: "核实"),
                help: Words(
                    "From the suspicion to its verification, where no playbook says otherwise (S6)",
                    zh: "疑似病例的核实时限，预案另有规定的除外（S6）"
                )
            ),
            Field(
                "playbookShare",
                \.playbookShare,
                .number(shares),
                Words("Share of a playbook's times", zh: "预案时限比例"),
                help: Words(
                    "Which share of a playbook's times counts: less than 1 in a drill that runs faster (S6)",
                    zh: "预案时限的折算比例，演练加速时小于 1（S6）"
                )
            ),
            make: IncidentLimits.init
        )
    }
}
