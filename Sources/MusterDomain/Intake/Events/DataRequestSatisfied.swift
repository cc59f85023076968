package import Records

/// Every figure that was wanted is there.
package struct DataRequestSatisfied: Hashable, Sendable {
    package let request: DataRequestID
    package let answers: [DataAnswer]
    /// False when somebody had to type a figure first.
    package let isFromKnown: Bool
    package let isLate: Bool

    package init(
        request: DataRequestID,
        answers: [DataAnswer],
        isFromKnown: Bool,
        isLate: Bool
    ) {
        self.request = request
        self.answers = answers
        self.isFromKnown = isFromKnown
        self.isLate = isLate
    }

    package static let record = Record<DataRequestSatisfied>(
        refusesUnknownMembers: false,
        Field("request", \.request, .identifier(), Words("Request", zh: "数据请求")),
        Field("answers", \.answers, .list(of: DataAnswer.record.codec, count: 1...50), Words("Answers", zh: "答复")),
        Field("isFromKnown", \.isFromKnown, .boolean, Words("All was known", zh: "均为已知")),
        Field("isLate", \.isLate, .boolean, Words("Late", zh: "逾期")),
        make: DataRequestSatisfied.init
    )
}
