import MusterDomain
import Records

/// The houses of the made-up town and who lives in them. Names are made up of common family and given names.
extension Town {
    struct Building: Sendable {
        let id: TerritoryID
        let grid: TerritoryID
        let words: Words
        /// Counted in its grid, from 0.
        let number: Int
        let isThreeNo: Bool
    }

    static let unit = UnitID("unit-1")

    static let buildings: [Building] = communities.flatMap { community in
        community.grids.enumerated().flatMap { index, grid in
            community.streets.enumerated().compactMap { number, street in
                let house = 2 * index + 3 + number
                return TerritoryID(rawValue: "\(grid)-b\(number + 1)").map {
                    Building(
                        id: $0,
                        grid: grid,
                        words: Words("\(street.en) \(house)", zh: "\(street.zh) \(house) 号楼"),
                        number: number,
                        isThreeNo: index == 3 && number == 1 && community.households < 900
                    )
                }
            }
        }
    }

    private static let buildingsByID = Dictionary(uniqueKeysWithValues: buildings.map { ($0.id, $0) })

    static func building(_ id: TerritoryID) -> Building? { buildingsByID[id] }

    private static let families = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡"]
    private static let given = ["秀兰", "桂英", "建国", "志强", "玉梅", "文华", "春生", "丽", "军", "小红", "德明", "淑珍", "海涛", "雪"]

    static func name(_ dice: TownDice, _ key: String) -> String? {
        guard let family = dice.pick(families, "\(key)/family"), let name = dice.pick(given, "\(key)/given") else {
            return nil
        }
        return family + name
    }
}
