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

    /// What a document does not name is as in `standard`.
    package static func record(standard: AuthorityLimits) -> Record<AuthorityLimits> {
        Record<AuthorityLimits>(
            standard: standard,
            Field(
                "localApprovalSeconds",
                \.localApproval,
                .seconds,
                Words("Approval of local measures", zh: "地方措施审批"),
                help: Words(
                    "For the issuer of a measure to allow a stricter local one, which lapses then (R1.2)",
                    zh: "措施发布方审批更严地方措施的时限，逾期失效（R1.2）"
                )
            ),
            Field(
                "listReviewSeconds",
                \.listReview,
                .seconds,
                Words("Review of the responsibility list", zh: "责任清单复核"),
                help: Words(
                    "From when a responsibility list takes force until it is to be looked through (S1)",
                    zh: "责任清单生效后应复核的期限（S1）"
                )
            ),
            make: AuthorityLimits.init
        )
    }
}
