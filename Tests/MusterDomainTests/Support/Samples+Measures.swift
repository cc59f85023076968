import EventSourcing
import MusterDomain

extension Samples {
    /// What became of measures, lists and requisitioned assets.
    static let measures: [AuthorityEvent] = issued + ended + answers

    private static let time = Timestamp(microseconds: 1_795_233_600_123_456)
    private static let nasty = "\"\\ \u{1F692} 火\n\tend </script> \u{2028}"

    private static let issued: [AuthorityEvent] = [
        .partyRegistered(
            PartyRegistered(party: "water", nameEN: "Water", nameZH: "水", kind: .department, channel: .desk, area: "dq")
        ),
        .measureIssued(
            MeasureIssued(
                measure: "limit-1",
                kind: .gatheringLimit,
                territory: "he",
                legalBasis: "Article 5",
                from: time,
                to: time + .seconds(600),
                figure: 50,
                mildest: 100,
                strictest: 0
            )
        ),
        .localMeasureProposed(
            LocalMeasureProposed(
                measure: "limit-2",
                parent: "limit-1",
                kind: .gatheringLimit,
                territory: "dq",
                legalBasis: "Article 5",
                from: time,
                to: time + .seconds(600),
                figure: 0,
                reason: "Small hall.",
                approver: "he-district",
                approveBy: time + .seconds(300),
                limit: .seconds(14_400)
            )
        ),
        .localMeasureProposed(
            LocalMeasureProposed(
                measure: "check-2",
                parent: "check-1",
                kind: .entryCheck,
                territory: "dq",
                legalBasis: "Article 5",
                from: time,
                to: time + .seconds(600),
                reason: "So."
            )
        ),
        .localMeasureApproved(LocalMeasureApproved(measure: "limit-2", from: time, text: "Yes.")),
        .localMeasureApproved(LocalMeasureApproved(measure: "limit-2", from: time)),
        .escalationDetected(
            EscalationOfMeasureDetected(
                measure: "limit-2",
                parent: "limit-1",
                party: "dq-committee",
                kind: .gatheringLimit,
                territory: "dq",
                figure: 0,
                strictest: 20
            )
        ),
    ]

    private static let ended: [AuthorityEvent] = [
        .localMeasureRefused(LocalMeasureRefused(measure: "limit-2", reason: "No.")),
        .localMeasureLapsed(LocalMeasureLapsed(measure: "limit-2", approveBy: time)),
        .measureRepealed(
            MeasureRepealed(measure: "limit-1", at: time, reason: "Over.", locals: ["limit-2", "limit-3"])
        ),
        .measureRepealed(MeasureRepealed(measure: "limit-1", at: time, reason: "Over.")),
        .measureExpired(MeasureExpired(measure: "limit-1", endedAt: time)),
        .listReviewDue(ListReviewDue(version: "2026-1", reviewBy: time)),
        .responsibilityListPublished(
            ResponsibilityListPublished(
                version: "2026-2",
                effectiveFrom: time,
                entries: [
                    ResponsibilityEntry(
                        duty: "trade.check",
                        nameEN: "Check",
                        nameZH: "检查",
                        territory: "he",
                        responsible: "market"
                    )
                ],
                reviewBy: time + .seconds(600)
            )
        ),
    ]

    private static let answers: [AuthorityEvent] = [
        .measureAdopted(
            MeasureAdopted(measure: "limit-1", party: "jindi", territory: "dq", from: time, to: time + .seconds(600))
        ),
        .measureChallenged(
            MeasureChallenged(challenge: "C-1", measure: "limit-1", issuer: "he-district", text: nasty)
        ),
        .assetRequisitioned(
            AssetRequisitioned(
                asset: "bus-3",
                what: "Minibus",
                owner: "jindi",
                territory: "dq",
                legalBasis: "Article 12",
                from: time,
                to: time + .seconds(600)
            )
        ),
        .assetReturned(
            AssetReturned(
                asset: "bus-3",
                owner: "jindi",
                condition: .lost,
                compensation: "80,000 yuan",
                at: time,
                isLate: true
            )
        ),
        .assetReturned(
            AssetReturned(asset: "bus-3", owner: "jindi", condition: .intact, at: time, isLate: false)
        ),
    ]
}
