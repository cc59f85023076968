package import Records

/// What shows that a step was done.
package struct StepEvidence: Hashable, Sendable {
    package let kind: EvidenceKind
    /// Of a figure, as `m2`; nil for other kinds.
    package let unit: String?
    /// The least figure that can be true; nil for other kinds.
    package let minimum: Double?
    package let maximum: Double?

    package init(kind: EvidenceKind, unit: String? = nil, minimum: Double? = nil, maximum: Double? = nil) {
        self.kind = kind
        self.unit = unit
        self.minimum = minimum
        self.maximum = maximum
    }

    package static let none = StepEvidence(kind: .none)
    package static let text = StepEvidence(kind: .text)
    package static let photo = StepEvidence(kind: .photo)

    package static func figure(_ unit: String, _ range: ClosedRange<Double>) -> StepEvidence {
        StepEvidence(kind: .figure, unit: unit, minimum: range.lowerBound, maximum: range.upperBound)
    }

    /// Figures beyond this are nobody's.
    static let figures = -1_000_000_000.0...1_000_000_000.0

    static func record(refusesUnknownMembers: Bool) -> Record<StepEvidence> {
        Record<StepEvidence>(
            refusesUnknownMembers: refusesUnknownMembers,
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("unit", \.unit, Codec<String>.line(20).optional, Words("Unit", zh: "单位")),
            Field("minimum", \.minimum, Codec<Double>.number(figures).optional, Words("Least", zh: "最小值")),
            Field("maximum", \.maximum, Codec<Double>.number(figures).optional, Words("Most", zh: "最大值")),
            make: StepEvidence.init
        )
    }
}

package enum EvidenceKind: String, Choice {
    case none
    case text
    /// A reference to a picture that is kept elsewhere.
    case photo
    case figure

    package var words: Words {
        switch self {
        case .none: Words("None", zh: "无")
        case .text: Words("Text", zh: "文字")
        case .photo: Words("Photo reference", zh: "照片索引")
        case .figure: Words("Figure", zh: "数值")
        }
    }
}
