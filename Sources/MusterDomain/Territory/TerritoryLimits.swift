package import Records

/// What of the household registry is configuration (S2).
package struct TerritoryLimits: Hashable, Sendable {
    /// How many households a grid should have.
    package let gridMinimum: Int
    package let gridMaximum: Int
    /// From a visit that was refused or unanswered to the next one.
    package let revisit: Duration
    /// After so many failed visits in a row the patch police is asked to go.
    package let failuresBeforePolice: Int
    /// Within which a vulnerable household is looked after while an incident is active there.
    package let vulnerableCheck: Duration
    /// After which what is registered of a household is stale.
    package let registryAge: Duration
    /// How far ahead the review of a vulnerable household may lie.
    package let review: Duration
    /// Who has this duty on the responsibility list comes where visits keep failing, or nobody repeats one.
    package let policeDuty: DutyID

    package init(
        gridMinimum: Int = 200,
        gridMaximum: Int = 300,
        revisit: Duration = .seconds(86_400),
        failuresBeforePolice: Int = 2,
        vulnerableCheck: Duration = .seconds(86_400),
        registryAge: Duration = .seconds(180 * 86_400),
        review: Duration = .seconds(366 * 86_400),
        policeDuty: DutyID = DutyID("household.check")
    ) {
        self.gridMinimum = gridMinimum
        self.gridMaximum = gridMaximum
        self.revisit = revisit
        self.failuresBeforePolice = failuresBeforePolice
        self.vulnerableCheck = vulnerableCheck
        self.registryAge = registryAge
        self.review = review
        self.policeDuty = policeDuty
    }

    package static let standard = TerritoryLimits()

    /// How a number of households stands to what is wanted (R2.2).
    func size(of households: Int) -> GridSize {
        if households < gridMinimum { return .tooSmall }
        return households > gridMaximum ? .tooLarge : .wanted
    }

    func scaled(by factor: Double) -> TerritoryLimits {
        TerritoryLimits(
            gridMinimum: gridMinimum,
            gridMaximum: gridMaximum,
            revisit: revisit.scaled(by: factor),
            failuresBeforePolice: failuresBeforePolice,
            vulnerableCheck: vulnerableCheck.scaled(by: factor),
            registryAge: registryAge.scaled(by: factor),
            review: review,
            policeDuty: policeDuty
        )
    }

    package static let record = Record<TerritoryLimits>(
        Field(
            "gridMinimum",
            \.gridMinimum,
            .integer(1...100_000),
            Words("Households of a grid, at least", zh: "网格最少户数")
        ),
        Field(
            "gridMaximum",
            \.gridMaximum,
            .integer(1...100_000),
            Words("Households of a grid, at most", zh: "网格最多户数")
        ),
        Field("revisitSeconds", \.revisit, .seconds, Words("Visit again", zh: "再次走访")),
        Field(
            "failuresBeforePolice",
            \.failuresBeforePolice,
            Codec<Int>.integer(1...Household.maximumAttempts).orMissing(2),
            Words("Failed visits before the patch police", zh: "转片警前走访次数")
        ),
        Field("vulnerableCheckSeconds", \.vulnerableCheck, .seconds, Words("Check of the vulnerable", zh: "重点人员巡查")),
        Field("registryAgeSeconds", \.registryAge, .seconds, Words("Registry is stale after", zh: "台账过期时限")),
        Field("reviewSeconds", \.review, .seconds, Words("Review at the latest", zh: "复核最长期限")),
        Field("policeDuty", \.policeDuty, .identifier(), Words("Duty of the patch police", zh: "片警职责")),
        make: TerritoryLimits.init
    )
}
