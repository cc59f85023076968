import Records

extension Rejection {
    static func territoryUnknown(_ id: TerritoryID) -> Rejection {
        Rejection(
            kind: .notFound,
            rule: "S2",
            reason: "territory-unknown",
            Words("There is no territory \(id).", zh: "没有区域 \(id)。")
        )
    }

    /// It is not there any more, or was not there yet.
    static func retired(_ territory: Territory) -> Rejection {
        let successors = territory.successors.map(\.rawValue)
        return Rejection(
            rule: "R2.4",
            reason: "territory-retired",
            Words("\(territory.id) was no territory then.", zh: "当时没有区域 \(territory.id)，或已撤销。"),
            advice: successors.isEmpty
                ? nil
                : Words(
                    "In its place: \(successors.joined(separator: ", ")).",
                    zh: "已由 \(successors.joined(separator: "、")) 承接。"
                )
        )
    }

    static func retiredCode(_ code: StatisticalCode, became successors: [String]) -> Rejection {
        Rejection(
            rule: "S2",
            reason: "retired-code",
            Words(
                "The code \(code.digits) was retired by a re-division.",
                zh: "代码 \(code.digits) 已因区划调整停用。"
            ),
            advice: successors.isEmpty
                ? nil
                : Words(
                    "In its place: \(successors.joined(separator: ", ")).",
                    zh: "请改用 \(successors.joined(separator: "、"))。"
                )
        )
    }

    static func levelNotBelow(_ level: TerritoryLevel, _ parent: Territory) -> Rejection {
        Rejection(
            rule: "R2.1",
            reason: "level-not-below",
            Words(
                "\(level.words.en) cannot lie in \(parent.id), which is of the level \(parent.level.words.en).",
                zh: "\(level.words.zh)不能设在\(parent.level.words.zh)级的 \(parent.id) 之下。"
            )
        )
    }

    static func wrongLevel(_ territory: Territory, _ level: TerritoryLevel) -> Rejection {
        Rejection(
            rule: "R2.1",
            reason: "wrong-level",
            Words(
                "\(territory.id) is of the level \(territory.level.words.en), not \(level.words.en).",
                zh: "\(territory.id) 是\(territory.level.words.zh)级，不是\(level.words.zh)级。"
            )
        )
    }

    /// A building would be in two grids at a time (R2.1).
    static func gridsOverlap(_ building: TerritoryID, _ grid: TerritoryID, _ other: TerritoryID) -> Rejection {
        Rejection(
            rule: "R2.1",
            reason: "grids-overlap",
            Words(
                "\(building) is in \(grid) and would be in \(other) too.",
                zh: "楼栋 \(building) 已在 \(grid)，不能同时划入 \(other)。"
            ),
            advice: Words("Move it, or leave it out.", zh: "请先调整该楼栋，或不要划入。")
        )
    }

    static func buildingElsewhere(_ building: TerritoryID, _ ground: TerritoryID) -> Rejection {
        Rejection(
            rule: "R2.1",
            reason: "building-elsewhere",
            Words("\(building) does not lie in \(ground).", zh: "楼栋 \(building) 不在 \(ground) 内。")
        )
    }

    // MARK: Households

    static func buildingFull(_ building: TerritoryID) -> Rejection {
        Rejection(
            rule: "S2",
            reason: "building-full",
            Words(
                "\(building) has \(HouseholdRegister.maximumHouseholds) households or "
                    + "\(HouseholdRegister.maximumUnits) units on record already.",
                zh: "\(building) 已登记 \(HouseholdRegister.maximumHouseholds) 户或 \(HouseholdRegister.maximumUnits) 个单元。"
            ),
            advice: Words("Register its parts as buildings of their own.", zh: "请将其各部分分别登记为楼栋。")
        )
    }

    static let contactMissing = Rejection(
        rule: "R16.1",
        reason: "contact-missing",
        Words("A name or phone is somebody's: the contact is missing.", zh: "填写姓名或电话时必须填写联系人编号。")
    )

    static func movedAway(_ household: HouseholdID, _ building: TerritoryID) -> Rejection {
        Rejection(
            rule: "S2",
            reason: "moved-away",
            Words("\(household) has moved away from \(building).", zh: "住户 \(household) 已搬离 \(building)。"),
            advice: Words("Register who lives there now.", zh: "请登记现住户。")
        )
    }

    static func memberUnknown(_ person: PersonID, _ household: HouseholdID) -> Rejection {
        Rejection(
            kind: .notFound,
            rule: "S2",
            reason: "member-unknown",
            Words("\(person) is no member of \(household) on record.", zh: "\(person) 不是住户 \(household) 的登记成员。"),
            advice: Words("Declare the member first.", zh: "请先申报该成员。")
        )
    }

    static func correctionMissing(_ part: RecordPart) -> Rejection {
        Rejection(
            rule: "R0.4",
            reason: "correction-missing",
            Words("\(part.words.en): nothing says what it should be.", zh: "\(part.words.zh)：未填写更正后的内容。")
        )
    }
}
