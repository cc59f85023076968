package import Records

/// Somebody called back.
package struct CallReturned: Hashable, Sendable {
    package let call: CallID
    package let isReached: Bool
    /// What the caller had to say, when it was anything.
    package let report: ReportID?
    package let attempt: Int
    /// Nobody calls this number again.
    package let isLast: Bool
    package let isLate: Bool

    package init(
        call: CallID,
        isReached: Bool,
        report: ReportID? = nil,
        attempt: Int,
        isLast: Bool,
        isLate: Bool
    ) {
        self.call = call
        self.isReached = isReached
        self.report = report
        self.attempt = attempt
        self.isLast = isLast
        self.isLate = isLate
    }

    package static let record = Record<CallReturned>(
        refusesUnknownMembers: false,
        Field("call", \.call, .identifier(), Words("Call", zh: "来电")),
        Field("isReached", \.isReached, .boolean, Words("Reached", zh: "已接通")),
        Field("report", \.report, Codec<ReportID>.identifier().optional, Words("Report", zh: "报告")),
        Field("attempt", \.attempt, .integer(1...1_000), Words("Attempt", zh: "第几次")),
        Field("isLast", \.isLast, .boolean, Words("The last attempt", zh: "不再回拨")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        make: CallReturned.init
    )
}
