package import Records

/// How long may pass with responsibility lists and measures.
package struct AuthorityLimits: Hashable, Sendable {
    /// For the issuer of a measure to say yes or no to a stricter local one, which lapses then.
    package let localApproval: Duration
    /// From when a responsibility list takes force until it is to be looked through.
    package let listReview: Duration

    package init(localApproval: Duration, listReview: Duration) {
        self.localApproval = localApproval
        self.listReview = listReview
    }

    package static let standard = AuthorityLimits(localApproval: .seconds(14_400), listReview: .seconds(7_776_000))

    func scaled(by factor: Double) -> AuthorityLimits {
        AuthorityLimits(localApproval: localApproval.scaled(by: factor), listReview: listReview.scaled(by: factor))
    }

    package static let record = Record<AuthorityLimits>(
        Field("localApprovalSeconds", \.localApproval, .seconds, Words("Approval of local measures", zh: "地方措施审批")),
        Field("listReviewSeconds", \.listReview, .seconds, Words("Review of the responsibility list", zh: "责任清单复核")),
        make: AuthorityLimits.init
    )
}
