package import EventSourcing

/// Every measure there was, found by name, and by place and kind.
package struct MeasureBook: Hashable, Sendable {
    private struct Place: Hashable, Sendable {
        let territory: TerritoryID
        let kind: MeasureKind
    }

    private var measures: [MeasureID: Measure] = [:]
    /// In the order in which they came.
    private var places: [Place: [MeasureID]] = [:]
    /// Those that were issued and are not over, in the order in which they came.
    private var issued: [MeasureKind: [MeasureID]] = [:]
    /// Local measures by the one whose range they use, those that are over included.
    private var locals: [MeasureID: [MeasureID]] = [:]

    package init() {}

    package subscript(measure: MeasureID) -> Measure? { measures[measure] }

    package var all: some Collection<Measure> { measures.values }

    // MARK: - Folding

    mutating func add(_ measure: Measure) {
        measures[measure.id] = measure
        places[Place(territory: measure.territory, kind: measure.kind), default: []].append(measure.id)
        if let parent = measure.parent {
            locals[parent, default: []].append(measure.id)
        } else {
            issued[measure.kind, default: []].append(measure.id)
        }
    }

    mutating func approve(_ measure: MeasureID, from: Timestamp) {
        measures[measure]?.from = from
        measures[measure]?.stage = .standing
    }

    mutating func settle(_ measure: MeasureID, as stage: Measure.Stage) {
        measures[measure]?.stage = stage
        guard let settled = measures[measure], settled.parent == nil else { return }
        issued[settled.kind]?.removeAll { $0 == measure }
    }

    /// Ends a measure, and with it every local one that rests on it: without a parent it has no basis.
    mutating func repeal(_ measure: MeasureID, at time: Timestamp) {
        settle(measure, as: .repealed(at: time))
        for local in runningLocals(of: measure) {
            switch local.stage {
            case .proposed: measures[local.id]?.stage = .lapsed
            case .standing: measures[local.id]?.stage = .repealed(at: time)
            case .refused, .lapsed, .repealed, .expired: break
            }
        }
    }

    // MARK: - Asking

    /// What holds in a territory at a time: the smallest ground first, on the same ground the local measure first, then
    /// the one that came last.
    package func inForce(
        _ kind: MeasureKind,
        in territory: TerritoryID,
        of territories: TerritoryRegister,
        at time: Timestamp
    ) -> [Measure] {
        var found: [Measure] = []
        for ground in [territory] + territories.ancestors(of: territory) {
            guard let ids = places[Place(territory: ground, kind: kind)] else { continue }
            let here = ids.reversed().compactMap { measures[$0] }.filter { $0.isInForce(at: time) }
            found += here.filter { $0.parent != nil } + here.filter { $0.parent == nil }
        }
        return found
    }

    /// Local measures that rest on one and are not over, proposals included; in the order in which they came.
    package func runningLocals(of measure: MeasureID) -> [Measure] {
        locals[measure, default: []].compactMap { measures[$0] }.filter { !$0.isSettled }
    }

    /// Measures of a kind that were issued and are not over.
    func running(_ kind: MeasureKind) -> [Measure] { issued[kind, default: []].compactMap { measures[$0] } }
}
