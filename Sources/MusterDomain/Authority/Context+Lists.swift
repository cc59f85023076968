import EventSourcing
import Records

/// What decisions ask of the responsibility list and of the parties on it.
extension Context {
    /// The list that decides, as people call it.
    private var listWords: Words {
        guard let list = authority.list(at: occurredAt) else {
            return Words("No responsibility list was in force at \(occurredAt)", zh: "\(occurredAt) 没有现行责任清单")
        }
        return Words(
            "List \(list.version), in force since \(list.effectiveFrom)",
            zh: "清单 \(list.version)（\(list.effectiveFrom) 起生效）"
        )
    }

    /// No line of the list that decides gives a duty in a territory to anybody (R1.5).
    func nobodyResponsible(for duty: DutyID, in territory: TerritoryID, advice: Words) -> Rejection {
        let list = listWords
        return Rejection(
            rule: "R1.5",
            reason: "nobody-responsible",
            Words(
                "\(list.en): no line gives \(duty) in \(territory) to anybody.",
                zh: "\(list.zh)：\(territory) 的职责 \(duty) 没有责任单位。"
            ),
            advice: advice
        )
    }

    /// The line that decides names others (R1.5).
    func notOnList(_ party: PartyID, _ entry: ResponsibilityEntry) -> Rejection {
        let list = listWords
        let helpers = entry.supporting.map(\.rawValue)
        let en = helpers.isEmpty ? "nobody" : helpers.joined(separator: ", ")
        let zh = helpers.isEmpty ? "无" : helpers.joined(separator: "、")
        return Rejection(
            rule: "R1.5",
            reason: "no-duty-on-list",
            Words(
                "\(list.en): the line \(entry.duty) in \(entry.territory) names \(entry.responsible), "
                    + "supported by \(en), not \(party).",
                zh: "\(list.zh)：条目 \(entry.duty)（\(entry.territory)）的责任单位是 \(entry.responsible)，"
                    + "配合单位：\(zh)，没有 \(party)。"
            ),
            advice: Words("\(entry.responsible) is responsible for it.", zh: "责任单位是 \(entry.responsible)。")
        )
    }

    /// A party has posts and duties only inside its area, where one was set.
    func requireArea(of party: Party, holds territory: TerritoryID) throws(Rejection) {
        guard let area = party.area, !territories.contains(area, territory) else { return }
        throw .outsideArea(party.id, area, territory)
    }

    /// Who merely helps may do so where its area and the ground have something in common.
    func requireArea(of party: Party, touches territory: TerritoryID) throws(Rejection) {
        guard let area = party.area, !territories.overlap(area, territory) else { return }
        throw .outsideArea(party.id, area, territory)
    }
}

extension Rejection {
    fileprivate static func outsideArea(_ party: PartyID, _ area: TerritoryID, _ territory: TerritoryID) -> Rejection {
        Rejection(
            rule: "S1",
            reason: "outside-area",
            Words(
                "\(territory) lies outside \(area), the area of \(party).",
                zh: "\(territory) 不在 \(party) 的管辖区域 \(area) 内。"
            ),
            advice: Words("Choose a party whose area it is.", zh: "请选择管辖该区域的单位。")
        )
    }
}
