package import EventSourcing
import Records

/// Refuses a request for figures that an open one asks for already (R5.1).
package struct RefuseDuplicateRequest: Command, Hashable {
    package let request: DataRequestID
    package let duplicateOf: DataRequestID

    package init(
        request: DataRequestID,
        duplicateOf: DataRequestID
    ) {
        self.request = request
        self.duplicateOf = duplicateOf
    }

    package static let description = CommandDescription<RefuseDuplicateRequest>(
        "RefuseDuplicateRequest",
        of: .intake,
        Words("Refuse a duplicate request", zh: "拒绝重复请求"),
        by: [.system],
        Record<RefuseDuplicateRequest>(
            Field("request", \.request, .identifier(), Words("Request", zh: "数据请求")),
            Field("duplicateOf", \.duplicateOf, .identifier(), Words("The open request", zh: "已有请求")),
            make: RefuseDuplicateRequest.init
        )
    )

    package var stream: StreamName { DataRequest.stream(request) }

    package func decide(_ subject: DataRequest, in context: Context) throws(Rejection) -> [DataRequest.Event] {
        guard case .open = subject.stage else { return [] }
        return [.refused(DataRequestRefused(request: request, duplicateOf: duplicateOf))]
    }
}
