package enum SkillTag: IdentifierKind { package static let hint = "tracer" }

/// What somebody is trained for, as tracing or the use of protective equipment.
package typealias SkillID = Identifier<SkillTag>
