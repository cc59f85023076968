import EventSourcing
import Foundation
import MusterDomain

/// What people say of a property company that keeps tenants out, which nobody may order.
enum AddOn {
    /// The district's: visitors are checked, and nobody may do more.
    static let entryCheck = MeasureID("M-ENTRY")
    /// The company's, which there never is.
    static let noTenants = MeasureID("M-NO-TENANTS")
    /// The community's, stricter than the district allows.
    static let everybody = MeasureID("M-EVERYBODY")
    static let challengeID = ChallengeID("C-2026-0003")
    static let report = ReportID("R-2026-0420")
    static let matter = MatterID("R-2026-0420")
    static let task = TaskID("T-1")
    /// The tenant's complaint, and what one of the company's own people says without a name.
    static let complaint = InquiryID("Q-2026-0007")
    static let whisper = InquiryID("Q-2026-0008")

    static let complaintText = "They told the committee that the gate is open, and sent me away a second time."
    static let whisperText = "We were told to let no tenant in and to write nothing down."

    /// Far enough away that no test lasts so long.
    private static let end =
        Timestamp(microseconds: Int64(Date.now.timeIntervalSince1970) * 1_000_000) + .seconds(30 * 86_400)

    // MARK: - Measures

    static let issueEntryCheck = IssueMeasure(
        measure: entryCheck,
        kind: .entryCheck,
        territory: Compound.district,
        legalBasis: "Emergency response law, article 49",
        from: Compound.foundation,
        to: end,
        figure: 1,
        mildest: 0,
        strictest: 1
    )

    /// A ban on tenants, whoever sends it.
    static let ban = IssueMeasure(
        measure: noTenants,
        kind: .barringTenants,
        territory: Compound.community,
        legalBasis: "House rules of Heju Property",
        from: Compound.foundation,
        to: end
    )

    /// The company carries the district's measure out.
    ///
    /// - Parameter figure: how strictly, where that is not as the district says.
    static func adoption(figure: Int? = nil) -> AdoptMeasure {
        AdoptMeasure(
            measure: entryCheck,
            party: Compound.property.party,
            territory: Compound.community,
            figure: figure
        )
    }

    static let tightening = ProposeLocalMeasure(
        measure: everybody,
        parent: entryCheck,
        kind: .entryCheck,
        territory: Compound.community,
        from: Compound.foundation,
        to: end,
        figure: 2,
        reason: "Heju Property asks for it: it wants to know every face at the gate."
    )

    static let noTightening = RefuseLocalMeasure(
        measure: everybody,
        reason: "Checking everybody keeps people out of their own homes."
    )

    static func challenge(of measure: MeasureID) -> ChallengeMeasure {
        ChallengeMeasure(
            challenge: challengeID,
            measure: measure,
            text: "The guard names it and lets no tenant in."
        )
    }

    // MARK: - The matter

    static let reportIt = SubmitReport(
        report: report,
        channel: .web,
        kind: .other,
        territory: Compound.grid,
        place: "Liuyuan, gate 2",
        text: "The guard did not let me into my own flat: no tenants, he said.\n保安不让我回家，说租户一律不得入内。"
    )

    static let findings = RecordFindings(
        matter: matter,
        text: "The guard turns tenants away. No measure says so.",
        needsDepartment: false
    )

    static let opening = DelegateTask(
        matter: matter,
        task: task,
        party: Compound.property.party,
        duty: Compound.openGates,
        text: "Let tenants in, and tell the guards."
    )

    /// What the company says, and what is not so.
    static let sham = CompleteTask(matter: matter, task: task, text: "The gate is open to everybody.")

    static let resolution = ResolveLocally(
        matter: matter,
        text: "A worker of the committee stands at the gate; tenants come and go."
    )

    static let solved = GiveFeedback(matter: matter, solved: true, score: 4)
    static let closing = CloseMatter(matter: matter)

    // MARK: - The inquiry

    static let complain = ReportConcealment(
        inquiry: complaint,
        accused: Compound.property.party,
        territory: Compound.community,
        kind: .sham,
        text: complaintText
    )

    static let whistleblow = Whistleblow(
        inquiry: whisper,
        accused: Compound.property.party,
        territory: Compound.community,
        kind: .concealed,
        text: whisperText
    )

    static func investigation(of inquiry: InquiryID) -> OpenInvestigation { OpenInvestigation(inquiry: inquiry) }

    static let contradiction = RecordFalsification(
        inquiry: complaint,
        pattern: .contradiction,
        count: 1,
        text: "The camera at gate 2 shows him being sent away after the task was called done."
    )

    static func liability(for inquiry: InquiryID) -> DecideLiability {
        DecideLiability(
            inquiry: inquiry,
            isLiable: true,
            text: "Heju Property kept a ban that nobody issued, and that nobody could (R1.1, R1.4)."
        )
    }
}
