import EventSourcing
import Records

/// What commands ask of the tree.
extension TerritoryRegister {
    func requireNew(_ id: TerritoryID) throws(Rejection) {
        guard let there = territories[id] else { return }
        if there.isRetired { throw .retired(there) }
        throw Rejection(
            rule: "S2",
            reason: "territory-exists",
            Words("Territory \(id) is defined already.", zh: "区域 \(id) 已设立。")
        )
    }

    /// It is there, and was at a time.
    func requireStanding(_ id: TerritoryID, at time: Timestamp) throws(Rejection) -> Territory {
        guard let territory = territories[id] else { throw .territoryUnknown(id) }
        guard !territory.isRetired, territory.isThere(at: time) else { throw .retired(territory) }
        return territory
    }

    func requireGrid(_ id: TerritoryID, at time: Timestamp) throws(Rejection) -> Territory {
        let territory = try requireStanding(id, at: time)
        guard territory.level == .grid else { throw .wrongLevel(territory, .grid) }
        return territory
    }

    func requireBuilding(_ id: TerritoryID, at time: Timestamp) throws(Rejection) -> Territory {
        let territory = try requireStanding(id, at: time)
        guard territory.level == .building else { throw .wrongLevel(territory, .building) }
        return territory
    }

    /// A territory of a level may lie below another one (R2.1).
    func requireBelow(_ parent: TerritoryID, _ level: TerritoryLevel, at time: Timestamp) throws(Rejection) {
        guard territories[parent] != nil else {
            throw Rejection(
                kind: .notFound,
                rule: "R2.1",
                reason: "parent-unknown",
                Words("There is no territory \(parent).", zh: "没有区域 \(parent)。")
            )
        }
        let above = try requireStanding(parent, at: time)
        guard above.level.isAbove(level) else { throw .levelNotBelow(level, above) }
    }

    /// The past is written in order: nothing changes before what changed last (R2.4).
    func requireNotBeforeChange(of ids: [TerritoryID], at time: Timestamp) throws(Rejection) {
        for id in ids {
            guard let territory = territories[id] else { continue }
            let last = [territory.placedAt, territory.since].compactMap(\.self).max()
            guard let last, time < last else { continue }
            throw Rejection(
                rule: "R2.4",
                reason: "before-last-change",
                Words(
                    "\(id) changed at \(last), after this would have happened.",
                    zh: "\(id) 在 \(last) 已有变更，晚于本次操作时间。"
                )
            )
        }
    }

    /// A code that nobody has or had, and that begins with that of the territory above.
    func requireFree(
        _ text: String,
        level: TerritoryLevel,
        below parent: TerritoryID?
    ) throws(Rejection) -> StatisticalCode {
        let code = try StatisticalCode(text, level: level)
        if let holder = holder(of: code) {
            guard !holder.isRetired else { throw .retiredCode(code, became: holder.successors.map(\.rawValue)) }
            guard holder.code == code else {
                throw .retiredCode(code, became: [holder.code?.digits ?? holder.id.rawValue])
            }
            throw Rejection(
                rule: "S2",
                reason: "code-taken",
                Words("\(holder.id) has the code \(code.digits).", zh: "代码 \(code.digits) 已属于 \(holder.id)。")
            )
        }
        if let parent { try requirePrefix(of: code, below: parent) }
        return code
    }

    func requirePrefix(of code: StatisticalCode, below parent: TerritoryID) throws(Rejection) {
        let above = ([parent] + ancestors(of: parent)).lazy.compactMap { id in territories[id]?.code }.first
        guard let above, !code.isBelow(above) else { return }
        throw Rejection(
            rule: "R2.1",
            reason: "code-not-of-parent",
            Words(
                "The code \(code.digits) does not begin with \(above.digits), the code above it.",
                zh: "代码 \(code.digits) 不以上级代码 \(above.digits) 开头。"
            ),
            advice: Words(
                "Choose the territory above whose code it begins with, or look for a misprint.",
                zh: "请选择代码前缀一致的上级区域，或核对代码。"
            )
        )
    }

    /// What was counted in those of some buildings that somebody counted.
    func countedHouseholds(in buildings: [TerritoryID]) -> Int {
        buildings.reduce(0) { $0 + (territories[$1]?.households ?? 0) }
    }

    /// A planned grid with what follows from it (R2.2).
    func part(_ plan: GridPlan, _ limits: TerritoryLimits) -> GridPart {
        let counted = countedHouseholds(in: plan.buildings)
        let households = counted > 0 ? max(counted, plan.households ?? 0) : plan.households
        return GridPart(
            grid: plan.grid,
            nameEN: plan.nameEN,
            nameZH: plan.nameZH,
            households: households,
            buildings: plan.buildings,
            size: households.map(limits.size),
            worker: plan.worker
        )
    }

    /// Whether who acts for one may act on the other: it holds it, or what took its place does. A post in a grid that was
    /// split holds in its parts until it ends.
    func covers(_ ground: TerritoryID, _ other: TerritoryID) -> Bool { covers(ground, other, depth: 0) }

    private func covers(_ ground: TerritoryID, _ other: TerritoryID, depth: Int) -> Bool {
        if contains(ground, other) { return true }
        guard depth < 8, let territory = territories[ground], territory.isRetired else { return false }
        return territory.successors.contains { covers($0, other, depth: depth + 1) }
    }
}
