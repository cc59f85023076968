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

    /// What a document does not name is as in `standard`.
    package static func record(standard: ActingLimits) -> Record<ActingLimits> {
        Record<ActingLimits>(
            standard: standard,
            Field(
                "lifeAndPropertySeconds",
                \.lifeAndProperty,
                .seconds,
                MatterCategory.lifeAndProperty.words,
                help: Words("Where life or property is in danger (S3)", zh: "危及生命财产的事项（S3）")
            ),
            Field(
                "utilitiesSeconds",
                \.utilities,
                .seconds,
                MatterCategory.utilities.words,
                help: Words("Water, power, gas and heating (S3)", zh: "水电气热事项（S3）")
            ),
            Field(
                "generalSeconds",
                \.general,
                .seconds,
                MatterCategory.general.words,
                help: Words("Everything else (S3)", zh: "其他一般事项（S3）")
            ),
            Field(
                "complexSeconds",
                \.complex,
                .seconds,
                MatterCategory.complex.words,
                help: Words("What several departments must look into (S3)", zh: "须多部门办理的复杂事项（S3）")
            ),
            make: ActingLimits.init
        )
    }
}
