package enum IncidentTag: IdentifierKind { package static let hint = "I-0031" }
package enum IncidentKindTag: IdentifierKind { package static let hint = "gas-leak" }
package enum PlaybookTag: IdentifierKind { package static let hint = "gas-leak" }
package enum GroupTag: IdentifierKind { package static let hint = "outdoor-disinfection" }
package enum StepTag: IdentifierKind { package static let hint = "enter-household" }
package enum CheckTag: IdentifierKind { package static let hint = "protective-equipment" }
package enum RecheckTag: IdentifierKind { package static let hint = "after-48-hours" }
package enum SiteTag: IdentifierKind { package static let hint = "home" }

package typealias IncidentID = Identifier<IncidentTag>
/// What sort of incident it is. Playbooks name their kinds; nothing in the source does.
package typealias IncidentKindID = Identifier<IncidentKindTag>
package typealias PlaybookID = Identifier<PlaybookTag>
/// A group of a playbook: those who work on one part of an incident.
package typealias GroupID = Identifier<GroupTag>
/// A step of a playbook; no two groups of one have a step of the same name.
package typealias StepID = Identifier<StepTag>
/// Something that must be seen to before a step starts.
package typealias CheckID = Identifier<CheckTag>
package typealias RecheckID = Identifier<RecheckTag>
/// A place of an incident, by a name that says nothing of a person.
package typealias SiteID = Identifier<SiteTag>
