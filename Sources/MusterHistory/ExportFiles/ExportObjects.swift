import MusterDomain

/// The types of things that events share, for object-centric logs.
enum ExportObjects {
    static let person = "person"
    static let party = "party"
    static let territory = "territory"
    /// The case of an import.
    static let importedCase = "case"

    /// Identifiers are told apart by the examples of their descriptions, which differ from kind to kind.
    static let typeByHint: [String: String] = [
        PersonTag.hint: person,
        PartyTag.hint: party,
        TerritoryTag.hint: territory,
        MatterTag.hint: "matter",
        ReportTag.hint: "report",
        IncidentTag.hint: "incident",
        DirectiveTag.hint: "directive",
        MeasureTag.hint: "measure",
        ChallengeTag.hint: "challenge",
        AssetTag.hint: "asset",
        DutyTag.hint: "duty",
        NoticeTag.hint: "notice",
        InquiryTag.hint: "inquiry",
        AppraisalTag.hint: "appraisal",
        DataRequestTag.hint: "data-request",
        DirectReportTag.hint: "direct-report",
        CallTag.hint: "call",
    ]

    /// The categories of streams that are one object each, and its type: there may be as many as there are cases, so they
    /// are listed from the log and not kept in memory.
    static let typeByCategory: [String: String] = [
        "matter": "matter",
        "report": "report",
        "incident": "incident",
        "directive": "directive",
        "challenge": "challenge",
        "asset": "asset",
        "notice": "notice",
        "inquiry": "inquiry",
        "appraisal": "appraisal",
        "form": "data-request",
        "direct": "direct-report",
        "call": "call",
    ]
}
