import EventSourcing

extension EventColumns {
    /// By number of case, which ones a filter chooses.
    ///
    /// - Parameters:
    ///   - marks: the attribute filters that were asked while events were read, by the bit of their answers.
    ///   - zone: in which dates are.
    ///   - tree: which places lie in which.
    func chosen(by filter: CaseFilter, marks filters: [CaseFilter], zone: String, in tree: PlaceTree) -> [Bool] {
        var chosen = [Bool](repeating: false, count: caseNames.count)
        func choose(_ column: [Int32], _ number: Int32?) {
            guard let number else { return }
            for index in column.indices where column[index] == number { chosen[Int(cases[index])] = true }
        }
        switch filter {
        case .period(let from, let until):
            var first = [Int64](repeating: .max, count: caseNames.count)
            for index in cases.indices { first[Int(cases[index])] = min(first[Int(cases[index])], times[index]) }
            let (low, high) = (from?.instant(zone: zone) ?? .min, until?.instant(zone: zone) ?? .max)
            for index in first.indices { chosen[index] = first[index] >= low && first[index] < high }
        case .agency(let name): choose(agencies, agencyNames.known(name))
        case .resource(let name): choose(resources, resourceNames.known(name))
        case .place(let name):
            choose(places, placeNames.known(name))
            chooseCases(within: name, in: tree, &chosen)
        case .activity(let name): choose(activities, activityNames.known(name))
        case .attribute, .playbook:
            guard let bit = filters.firstIndex(of: filter) else { break }
            for index in marks.indices { chosen[index] = marks[index] & (1 << UInt32(bit)) != 0 }
        }
        return chosen
    }

    /// Cases that all filters choose; nil without filters.
    func chosen(by filters: [CaseFilter], marks: [CaseFilter], zone: String, in tree: PlaceTree) -> [Bool]? {
        guard let first = filters.first else { return nil }
        var chosen = chosen(by: first, marks: marks, zone: zone, in: tree)
        for filter in filters.dropFirst() {
            let also = self.chosen(by: filter, marks: marks, zone: zone, in: tree)
            for index in chosen.indices where !also[index] { chosen[index] = false }
        }
        return chosen
    }

    /// Chooses the cases with an event somewhere inside of a place.
    private func chooseCases(within name: String, in tree: PlaceTree, _ chosen: inout [Bool]) {
        guard let ground = tree.territory(name) else { return }
        let territories = (0..<Int32(placeNames.count)).map { tree.territory(placeNames[$0]) }
        for index in places.indices where places[index] >= 0 && !chosen[Int(cases[index])] {
            guard let territory = territories[Int(places[index])] else { continue }
            let time = Timestamp(microseconds: times[index])
            if tree.contains(ground, territory, at: time) { chosen[Int(cases[index])] = true }
        }
    }
}
