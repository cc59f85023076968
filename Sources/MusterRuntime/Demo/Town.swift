import MusterDomain
import Records

/// The made-up town of the demonstration: its territories, parties, posts and who answers for what.
///
/// Everything is computed from the constants here, so that a second start finds the same town.
struct Town: Sendable {
    struct Community: Sendable {
        let id: TerritoryID
        let words: Words
        let households: Int
        let grids: [TerritoryID]
        let property: PartyID
        let streets: [Words]

        /// The party that is the community's committee; it bears the territory's name.
        var party: PartyID { PartyID(rawValue: "\(id)-committee") ?? Town.street }
    }

    struct Party: Sendable {
        let id: PartyID
        let words: Words
        let kind: PartyKind
        let channel: DeliveryChannel
    }

    /// Who answers for a kind of matter when it goes beyond the community.
    struct Duty: Sendable {
        let id: DutyID
        let words: Words
        let responsible: PartyID
        let supporting: [PartyID]
    }

    static let city = TerritoryID("jianghe-city")
    static let district = TerritoryID("jianghe")
    static let town = TerritoryID("qingshi")

    static let street = PartyID("qingshi-street")
    static let districtCommand = PartyID("jianghe-command")
    static let residents = PartyID("residents")
    static let hotline = PartyID("hotline")
    static let anju = PartyID("anju")
    static let hetai = PartyID("hetai")
    static let volunteers = PartyID("qingshi-volunteers")
    static let fire = PartyID("fire")
    static let police = PartyID("police")
    static let urban = PartyID("urban")
    static let gas = PartyID("gas")
    static let market = PartyID("market")
    static let health = PartyID("health")
    static let inspectorate = PartyID("inspectorate")

    static let communities: [Community] = [
        community(
            "fenglin",
            Words("Fenglin", zh: "枫林"),
            1_060,
            anju,
            [Words("Fenglin Road", zh: "枫林路"), Words("Yin Lane", zh: "银杏巷")]
        ),
        community(
            "matou",
            Words("Matou", zh: "码头"),
            930,
            anju,
            [Words("Wharf Street", zh: "码头街"), Words("Salt Lane", zh: "盐巷")]
        ),
        community(
            "jingjie",
            Words("Jingjie", zh: "井街"),
            1_140,
            hetai,
            [Words("Well Street", zh: "井街"), Words("Tea Lane", zh: "茶巷")]
        ),
        community(
            "liangcang",
            Words("Liangcang", zh: "粮仓"),
            870,
            hetai,
            [Words("Granary Road", zh: "粮仓路"), Words("Mill Lane", zh: "磨坊巷")]
        ),
        community(
            "mianfang",
            Words("Mianfang", zh: "棉纺"),
            1_210,
            anju,
            [Words("Cotton Road", zh: "棉纺路"), Words("Dye Lane", zh: "染坊巷")]
        ),
        community(
            "hewan",
            Words("Hewan", zh: "河湾"),
            790,
            hetai,
            [Words("Riverbend Road", zh: "河湾路"), Words("Reed Lane", zh: "芦苇巷")]
        ),
    ]

    static let parties: [Party] =
        [
            Party(id: districtCommand, words: Words("District command", zh: "区指挥部"), kind: .district, channel: .desk),
            Party(id: street, words: Words("Qingshi street office", zh: "青石街道办"), kind: .street, channel: .desk),
            Party(id: residents, words: Words("Residents", zh: "居民"), kind: .residents, channel: .desk),
            Party(id: hotline, words: Words("Hotline", zh: "热线"), kind: .hotline, channel: .desk),
            Party(id: fire, words: Words("Fire", zh: "消防"), kind: .department, channel: .lease),
            Party(id: police, words: Words("Police", zh: "公安"), kind: .department, channel: .lease),
            Party(id: urban, words: Words("Urban management", zh: "城管"), kind: .department, channel: .lease),
            Party(id: gas, words: Words("Gas and power", zh: "燃气供电"), kind: .department, channel: .lease),
            Party(id: market, words: Words("Market supervision", zh: "市场监管"), kind: .department, channel: .desk),
            Party(id: health, words: Words("Health centre", zh: "卫生院"), kind: .department, channel: .desk),
            Party(
                id: inspectorate,
                words: Words("District inspectorate", zh: "区督查室"),
                kind: .inspectorate,
                channel: .desk
            ),
            Party(id: anju, words: Words("Anju Property", zh: "安居物业"), kind: .property, channel: .desk),
            Party(id: hetai, words: Words("Hetai Property", zh: "和泰物业"), kind: .property, channel: .desk),
            Party(id: volunteers, words: Words("Qingshi Volunteers", zh: "青石志愿者"), kind: .ngo, channel: .desk),
        ]
        + communities.map {
            Party(
                id: $0.party,
                words: Words("\($0.words.en) community", zh: "\($0.words.zh)社区"),
                kind: .community,
                channel: .desk
            )
        }

    static let duties: [Duty] = [
        Duty(
            id: DutyID("passage.enforce"),
            words: Words("Keep emergency passages open", zh: "保障应急通道"),
            responsible: fire,
            supporting: [police]
        ),
        Duty(
            id: DutyID("fire.prevent"),
            words: Words("Remove fire hazards", zh: "消除火灾隐患"),
            responsible: fire,
            supporting: [urban]
        ),
        Duty(
            id: DutyID("gas.repair"),
            words: Words("Stop gas leaks", zh: "处置燃气泄漏"),
            responsible: gas,
            supporting: [fire]
        ),
        Duty(
            id: DutyID("noise.stop"),
            words: Words("Stop noise at night", zh: "制止夜间噪声"),
            responsible: police,
            supporting: [urban]
        ),
        Duty(
            id: DutyID("water.repair"),
            words: Words("Repair water mains", zh: "抢修供水"),
            responsible: urban,
            supporting: [gas]
        ),
        Duty(
            id: DutyID("lighting.repair"),
            words: Words("Repair street lights", zh: "维修路灯"),
            responsible: urban,
            supporting: []
        ),
        Duty(
            id: DutyID("trade.inspect"),
            words: Words("Inspect unlicensed trade", zh: "查处无证经营"),
            responsible: market,
            supporting: [police, urban]
        ),
        Duty(
            id: DutyID("person.check"),
            words: Words("See after people at risk", zh: "探视危困人员"),
            responsible: police,
            supporting: [health]
        ),
        Duty(
            id: DutyID("household.check"),
            words: Words("Go where nobody opens the door", zh: "上门核查无人应答户"),
            responsible: police,
            supporting: []
        ),
    ]

    private static func community(
        _ id: StaticString,
        _ words: Words,
        _ households: Int,
        _ property: PartyID,
        _ streets: [Words]
    ) -> Community {
        Community(
            id: TerritoryID(id),
            words: words,
            households: households,
            grids: (1...4).compactMap { TerritoryID(rawValue: "\(id)-0\($0)") },
            property: property,
            streets: streets
        )
    }
}
