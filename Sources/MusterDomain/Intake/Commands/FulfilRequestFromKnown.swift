package import EventSourcing
import Records

/// Answers a request for figures from what is known (R5.1).
package struct FulfilRequestFromKnown: Command, Hashable {
    package let request: DataRequestID
    package let answers: [DataAnswer]
    package let isFromKnown: Bool

    package init(
        request: DataRequestID,
        answers: [DataAnswer],
        isFromKnown: Bool
    ) {
        self.request = request
        self.answers = answers
        self.isFromKnown = isFromKnown
    }

    package static let description = CommandDescription<FulfilRequestFromKnown>(
        "FulfilRequestFromKnown",
        of: .intake,
        Words("Answer from what is known", zh: "以已知数据答复"),
        by: [.system],
        Record<FulfilRequestFromKnown>(
            Field("request", \.request, .identifier(), Words("Request", zh: "数据请求")),
            Field("answers", \.answers, .list(of: DataAnswer.record.codec, count: 1...50), Words("Answers", zh: "答复")),
            Field("isFromKnown", \.isFromKnown, .boolean, Words("All was known", zh: "均为已知")),
            make: FulfilRequestFromKnown.init
        )
    )

    package var stream: StreamName { DataRequest.stream(request) }

    package func decide(_ subject: DataRequest, in context: Context) throws(Rejection) -> [DataRequest.Event] {
        // Whatever was answered or refused meanwhile needs nothing more.
        guard case .open(let items, let replyBy) = subject.stage else { return [] }
        guard Set(items).isSubset(of: answers.map(\.item)) else {
            throw Rejection(
                rule: "R5.1",
                reason: "figures-missing",
                Words("Not every figure that was asked for is known.", zh: "所需数据尚未齐备。")
            )
        }
        let satisfied = DataRequestSatisfied(
            request: request,
            answers: answers,
            isFromKnown: isFromKnown,
            isLate: context.now > replyBy
        )
        return [.satisfied(satisfied)]
    }
}
