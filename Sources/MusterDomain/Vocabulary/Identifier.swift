package import EventSourcing
package import Records

/// A name that people and systems gave something: a letter or digit, then letters, digits, hyphens, dots or
/// underscores, at most 64 bytes of ASCII. Each kind of thing has its own type, so that a party is never taken for a
/// person.
package struct Identifier<Kind: IdentifierKind>: RawRepresentable, Hashable, Sendable {
    package static var maximumLength: Int { IdentifierForm.maximumLength }

    package let rawValue: String

    /// Nil unless the text has the form above.
    package init?(rawValue: String) {
        guard IdentifierForm.holds(rawValue.utf8.span) else { return nil }
        self.rawValue = rawValue
    }

    /// The same from the text's bytes.
    package init?(utf8 bytes: Span<UInt8>) {
        guard IdentifierForm.holds(bytes), let rawValue = String(utf8: bytes) else { return nil }
        self.rawValue = rawValue
    }

    /// An identifier that Muster itself made, as a UUID's text.
    package init(_ id: UniqueID) {
        rawValue = id.description
    }

    /// An identifier written in the source.
    package init(_ literal: StaticString) {
        rawValue = "\(literal)"
    }
}

/// What every identifier looks like, whatever it names.
private enum IdentifierForm {
    static let maximumLength = 64

    static func holds(_ bytes: Span<UInt8>) -> Bool {
        guard !bytes.isEmpty, bytes.count <= maximumLength, isAlphanumeric(bytes[0]) else { return false }
        for index in bytes.indices where !isAlphanumeric(bytes[index]) {
            switch bytes[index] {
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): break
            default: return false
            }
        }
        return true
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}

// Written out, because the standard library's own for everything with a raw value are generic and several times slower.
extension Identifier {
    package static func == (lhs: Identifier, rhs: Identifier) -> Bool { lhs.rawValue == rhs.rawValue }

    package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension Identifier: Comparable {
    package static func < (lhs: Identifier, rhs: Identifier) -> Bool { lhs.rawValue < rhs.rawValue }
}

extension Identifier: CustomStringConvertible {
    package var description: String { rawValue }
}

/// What an identifier names; `hint` is an example for forms and schemas.
package protocol IdentifierKind: Sendable {
    static var hint: String { get }
}

package enum PartyTag: IdentifierKind { package static let hint = "fire" }
package enum PersonTag: IdentifierKind { package static let hint = "grid-worker-dq02" }
package enum TerritoryTag: IdentifierKind { package static let hint = "dq-02" }
package enum MatterTag: IdentifierKind { package static let hint = "M-0412" }
package enum ReportTag: IdentifierKind { package static let hint = "R-2207" }
package enum TaskTag: IdentifierKind { package static let hint = "clear-1" }
package enum MeasureTag: IdentifierKind { package static let hint = "gathering-2026-11" }
package enum ChallengeTag: IdentifierKind { package static let hint = "C-0031" }
package enum AssetTag: IdentifierKind { package static let hint = "minibus-3" }
package enum DutyTag: IdentifierKind { package static let hint = "passage.clear" }
package enum DirectiveTag: IdentifierKind { package static let hint = "D-2026-031" }
package enum DirectiveSubjectTag: IdentifierKind { package static let hint = "returnee.isolation" }

/// Any acting organisation.
package typealias PartyID = Identifier<PartyTag>
/// Someone who acts; a pseudonym, never a name or an identity number.
package typealias PersonID = Identifier<PersonTag>
package typealias TerritoryID = Identifier<TerritoryTag>
package typealias MatterID = Identifier<MatterTag>
package typealias ReportID = Identifier<ReportTag>
package typealias TaskID = Identifier<TaskTag>
package typealias MeasureID = Identifier<MeasureTag>
package typealias ChallengeID = Identifier<ChallengeTag>
/// A thing that somebody owns and others may need: a hall, a vehicle, a stock.
package typealias AssetID = Identifier<AssetTag>
/// An entry of the responsibility list: what somebody must do.
package typealias DutyID = Identifier<DutyTag>
package typealias DirectiveID = Identifier<DirectiveTag>
/// What a directive rules, by which two of them are compared.
package typealias DirectiveSubjectID = Identifier<DirectiveSubjectTag>

extension Codec {
    package static func identifier<Kind: IdentifierKind>() -> Codec where Value == Identifier<Kind> {
        .word(
            Identifier<Kind>.maximumLength,
            parse: { Identifier<Kind>(utf8: $0) },
            text: { $0.rawValue },
            schema: .formatted(
                format: nil,
                pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$",
                maximum: Identifier<Kind>.maximumLength,
                hint: Kind.hint
            ),
            orElse: {
                Problems(
                    "identifier",
                    Words(
                        "must be letters, digits, hyphens, dots or underscores, as \(Kind.hint)",
                        zh: "只能用字母、数字、连字符、点或下划线，例如 \(Kind.hint)"
                    )
                )
            }
        )
    }
}
