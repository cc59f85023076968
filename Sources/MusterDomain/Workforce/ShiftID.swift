package enum ShiftTag: IdentifierKind { package static let hint = "gate-3.night" }

/// A duty on somebody's roster.
package typealias ShiftID = Identifier<ShiftTag>
