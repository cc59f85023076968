package enum DataRequestTag: IdentifierKind { package static let hint = "F-0031" }
package enum DataItemTag: IdentifierKind { package static let hint = "isolated.at-home" }
package enum DirectReportTag: IdentifierKind { package static let hint = "DR-0031" }
package enum CallTag: IdentifierKind { package static let hint = "call-20261126-0031" }

/// A form that somebody above asks for.
package typealias DataRequestID = Identifier<DataRequestTag>
/// One figure of forms, whoever asks for it.
package typealias DataItemID = Identifier<DataItemTag>
package typealias DirectReportID = Identifier<DirectReportTag>
package typealias CallID = Identifier<CallTag>
