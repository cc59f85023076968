package import Records

/// The same is wanted by an open request already.
package struct DataRequestRefused: Hashable, Sendable {
    package let request: DataRequestID
    package let duplicateOf: DataRequestID

    package init(
        request: DataRequestID,
        duplicateOf: DataRequestID
    ) {
        self.request = request
        self.duplicateOf = duplicateOf
    }

    package static let record = Record<DataRequestRefused>(
        refusesUnknownMembers: false,
        Field("request", \.request, .identifier(), Words("Request", zh: "数据请求")),
        Field("duplicateOf", \.duplicateOf, .identifier(), Words("The open request", zh: "已有请求")),
        make: DataRequestRefused.init
    )
}
