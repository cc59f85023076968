package enum HouseholdTag: IdentifierKind { package static let hint = "1-302" }
package enum UnitTag: IdentifierKind { package static let hint = "unit-1" }

/// A household, by a name that is its own within its building and says nothing of a person.
package typealias HouseholdID = Identifier<HouseholdTag>
/// A part of a building with an entrance of its own (单元).
package typealias UnitID = Identifier<UnitTag>
