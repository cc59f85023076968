package import Records

/// How long a department may take from its arrival until it has dealt with the matter, by category.
package struct ActingLimits: Hashable, Sendable {
    package let lifeAndProperty: Duration
    package let utilities: Duration
    package let general: Duration
    package let complex: Duration

    package init(lifeAndProperty: Duration, utilities: Duration, general: Duration, complex: Duration) {
        self.lifeAndProperty = lifeAndProperty
        self.utilities = utilities
        self.general = general
        self.complex = complex
    }

    /// The times in which Beijing's hotline 12345 was to give feedback, by a draft: 2 h, 24 h, 7 d, 15 d.
    package static let standard = ActingLimits(
        lifeAndProperty: .seconds(7_200),
        utilities: .seconds(86_400),
        general: .seconds(7 * 86_400),
        complex: .seconds(15 * 86_400)
    )

    package func limit(of category: MatterCategory) -> Duration {
        switch category {
        case .lifeAndProperty: lifeAndProperty
        case .utilities: utilities
        case .general: general
        case .complex: complex
        }
    }

    func scaled(by factor: Double) -> ActingLimits {
        ActingLimits(
            lifeAndProperty: lifeAndProperty.scaled(by: factor),
            utilities: utilities.scaled(by: factor),
            general: general.scaled(by: factor),
            complex: complex.scaled(by: factor)
        )
    }

    /// What a record does not name is as in `standard`.
    package static let record = Record<ActingLimits>(
        Field(
            "lifeAndPropertySeconds",
            \.lifeAndProperty,
            Codec<Duration>.seconds.orMissing(standard.lifeAndProperty),
            MatterCategory.lifeAndProperty.words
        ),
        Field(
            "utilitiesSeconds",
            \.utilities,
            Codec<Duration>.seconds.orMissing(standard.utilities),
            MatterCategory.utilities.words
        ),
        Field(
            "generalSeconds",
            \.general,
            Codec<Duration>.seconds.orMissing(standard.general),
            MatterCategory.general.words
        ),
        Field(
            "complexSeconds",
            \.complex,
            Codec<Duration>.seconds.orMissing(standard.complex),
            MatterCategory.complex.words
        ),
        make: ActingLimits.init
    )
}
