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

    /// What a document does not name is as in `standard`.
    package static func record(standard: TerritoryLimits) -> Record<TerritoryLimits> {
        Record<TerritoryLimits>(
            standard: standard,
            Field(
                "gridMinimum",
                \.gridMinimum,
                .integer(1...100_000),
                Words("Households of a grid, at least", zh: "网格最少户数"),
                help: Words("Fewer households in a grid are a warning (R2.2)", zh: "网格户数低于此数即提示（R2.2）")
            ),
            Field(
                "gridMaximum",
                \.gridMaximum,
                .integer(1...100_000),
                Words("Households of a grid, at most", zh: "网格最多户数"),
                help: Words("More households in a grid are a warning (R2.2)", zh: "网格户数高于此数即提示（R2.2）")
            ),
            Field(
                "revisitSeconds",
                \.revisit,
                .seconds,
                Words("Visit again", zh: "再次走访"),
                help: Words(
                    "From a visit that was refused or unanswered to the next one (R2.5)",
                    zh: "拒访或无人应答后再次走访的时限（R2.5）"
                )
            ),
            Field(
                "failuresBeforePolice",
                \.failuresBeforePolice,
                .integer(1...Household.maximumAttempts),
                Words("Failed visits before the patch police", zh: "转片警前走访次数"),
                help: Words(
                    "After so many failed visits in a row the patch police is asked to go (R2.5)",
                    zh: "连续走访未果几次后转片警（R2.5）"
                )
            ),
            Field(
                "vulnerableCheckSeconds",
                \.vulnerableCheck,
                .seconds,
                Words("Check of the vulnerable", zh: "重点人员巡查"),
                help: Words(
                    "From one check of a vulnerable household to the next, while an incident is active there (S2)",
                    zh: "事件处置期间重点户的巡查间隔（S2）"
                )
            ),
            Field(
                "registryAgeSeconds",
                \.registryAge,
                .seconds,
                Words("Registry is stale after", zh: "台账过期时限"),
                help: Words("After which what is registered of a household is stale (S2)", zh: "住户台账多久未更新即过期（S2）")
            ),
            Field(
                "reviewSeconds",
                \.review,
                .seconds,
                Words("Review at the latest", zh: "复核最长期限"),
                help: Words(
                    "How far ahead the review of a vulnerable household may lie (R2.6)",
                    zh: "重点户复核日期最远可定到何时（R2.6）"
                )
            ),
            Field(
                "policeDuty",
                \.policeDuty,
                .identifier(),
                Words("Duty of the patch police", zh: "片警职责"),
                help: Words(
                    "Who has this duty on the responsibility list is the patch police (R2.5)",
                    zh: "责任清单上承担此职责的即为片警（R2.5）"
                )
            ),
            make: TerritoryLimits.init
        )
    }
}
