import MusterDomain

extension SmallTown {
    static let blockedLane = MatterID("M-0412")

    /// An evening with clocks of every kind: late, soon, in time, disputed, waiting.
    func playEvening() async throws {
        let fire = PartyID("fire")
        let police = PartyID("police")
        let gas = PartyID("gas")

        try await whistle(Self.blockedLane, "Blocked fire lane", "Dongqiao 7", to: [fire, police], minutesAgo: 49)
        try await send(AcceptWhistle(matter: Self.blockedLane, department: fire), by: Self.fire, minutesAgo: 42.67)
        try await send(AcceptWhistle(matter: Self.blockedLane, department: police), by: Self.police, minutesAgo: 41)
        try await send(ReportOnScene(matter: Self.blockedLane, department: police), by: Self.police, minutesAgo: 31)
        try await send(
            FileWithSuperior(
                matter: Self.blockedLane,
                side: .community,
                superior: "Heyan street office",
                text: "Whistle blown."
            ),
            by: Self.head,
            minutesAgo: 11
        )

        try await whistle(
            MatterID("M-0419"),
            "Gas smell, stairwell",
            "Liuyuan 12-3",
            to: [gas],
            duty: DutyID("gas.repair"),
            minutesAgo: 16.08
        )
        try await whistle(
            MatterID("M-0420"),
            "Charger wires in the stairwell",
            "Beitang 9",
            to: [police],
            minutesAgo: 7.82
        )
        try await whistle(
            MatterID("M-0423"),
            "Gate blocked by cars",
            "Xinwei 4",
            to: [fire],
            urgency: .urgent,
            minutesAgo: 12
        )
        try await whistle(
            MatterID("M-0424"),
            "Meter cabinet open",
            "Nanpo 8",
            to: [gas],
            duty: DutyID("gas.repair"),
            urgency: .normal,
            minutesAgo: 30
        )
        try await send(AcceptWhistle(matter: MatterID("M-0424"), department: gas), by: Self.gas, minutesAgo: 22)
        try await whistle(
            MatterID("M-0422"),
            "Rubbish fire behind the market",
            "Beitang market",
            to: [fire],
            urgency: .urgent,
            minutesAgo: 10
        )
        try await send(
            DisputeCompetence(
                matter: MatterID("M-0422"),
                department: fire,
                duty: DutyID("passage.enforce"),
                argument: "Open burning belongs to Urban management."
            ),
            by: Self.fire,
            minutesAgo: 6
        )
        try await raise(
            MatterID("M-0430"),
            "Street light out",
            "Shiqiao road 8",
            kind: .lighting,
            urgency: .normal,
            minutesAgo: 25
        )
    }
}
