import EventSourcing
import MusterDomain
import Records

/// A territory in an assignment document.
struct TerritoryEntry: Hashable, Sendable {
    let territory: TerritoryID
    let level: TerritoryLevel
    let parent: TerritoryID?

    static let record = Record<TerritoryEntry>(
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("level", \.level, .choice, Words("Level", zh: "层级")),
        Field("parent", \.parent, Codec<TerritoryID>.identifier().optional, Words("Parent", zh: "上级区域")),
        make: TerritoryEntry.init
    )

    static func register(_ entries: [TerritoryEntry], _ problems: inout [Problem]) -> TerritoryRegister {
        var register = TerritoryRegister()
        for (index, entry) in entries.enumerated() {
            let pointer = "/territories/\(index)"
            if register.territory(entry.territory) != nil {
                let words = Words("\(entry.territory) stands here twice", zh: "区域 \(entry.territory) 重复")
                problems.append(Problem(pointer: pointer, code: "repeated", words: words))
            }
            if let parent = entry.parent, register.territory(parent) == nil {
                let words = Words(
                    "\(parent) must stand before what it holds",
                    zh: "上级区域 \(parent) 必须列在前面"
                )
                problems.append(Problem(pointer: pointer + "/parent", code: "parent-unknown", words: words))
            }
            let defined = TerritoryDefined(
                territory: entry.territory,
                level: entry.level,
                parent: entry.parent,
                nameEN: entry.territory.rawValue,
                nameZH: entry.territory.rawValue
            )
            register.evolve(defined)
        }
        return register
    }
}

private struct PointEntry: Hashable, Sendable {
    let latitude: Double
    let longitude: Double

    static let record = Record<PointEntry>(
        Field("latitude", \.latitude, .number(-90...90), Words("Latitude", zh: "纬度")),
        Field("longitude", \.longitude, .number(-180...180), Words("Longitude", zh: "经度")),
        make: PointEntry.init
    )
}

extension Codec where Value == Coordinates {
    static var point: Codec {
        PointEntry.record.codec.map(
            { try? Coordinates(latitude: $0.latitude, longitude: $0.longitude) },
            back: { PointEntry(latitude: $0.latitude, longitude: $0.longitude) },
            orElse: { _ in Problems("range", Words("is no place on earth", zh: "不是有效地点")) }
        )
    }
}

/// How much people may work, where it is not what Muster proposes (R12.2).
struct LimitsEntry: Hashable, Sendable {
    let spell: Duration?
    let weekly: Duration?
    let rest: Duration?
    let restDays: Int?
    let residents: Int?
    let offset: Int?

    static let record = Record<LimitsEntry>(
        Field("longestSpellHours", \.spell, Codec<Duration>.hours(0...24).optional, Words("Spell", zh: "连续在岗")),
        Field("weeklyWorkHours", \.weekly, Codec<Duration>.hours(0...168).optional, Words("Week", zh: "周工时")),
        Field("restHours", \.rest, Codec<Duration>.hours(0...24).optional, Words("Rest", zh: "间隔休息")),
        Field("restDaysPerWeek", \.restDays, Codec<Int>.integer(0...6).optional, Words("Rest days", zh: "休息日")),
        Field(
            "overloadResidents",
            \.residents,
            Codec<Int>.integer(1...1_000_000).optional,
            Words("Residents per worker that are too many", zh: "人均居民数警戒值")
        ),
        Field(
            "utcOffsetMinutes",
            \.offset,
            Codec<Int>.integer(-1_080...1_080).optional,
            Words("Local time minus UTC, in minutes", zh: "时区偏移（分钟）")
        ),
        make: LimitsEntry.init
    )

    func limits() throws(Rejection) -> WorkLimits {
        let standard = WorkLimits.standard
        return try WorkLimits(
            longestSpell: spell ?? standard.longestSpell,
            weeklyWork: weekly ?? standard.weeklyWork,
            restDaysPerWeek: restDays ?? standard.restDaysPerWeek,
            rest: rest ?? standard.rest,
            overloadResidents: residents ?? standard.overloadResidents,
            days: try offset.map { (minutes) throws(Rejection) in try LocalDays(offsetSeconds: minutes * 60) }
                ?? standard.days
        )
    }
}
