import EventSourcing
import MusterDomain
import Records
import Testing

/// One fact is typed once: figures, and the forms that ask for them.
@Suite struct FiguresRuleTests {
    private static let day = CaseDay(rawValue: "2026-11-21")!

    private static func record(
        _ figures: [DataFigure],
        of territory: TerritoryID = "dq",
        isCorrection: Bool = false
    ) -> RecordFigures {
        RecordFigures(territory: territory, day: day, figures: figures, isCorrection: isCorrection)
    }

    private static func ask(
        _ request: DataRequestID,
        _ items: [DataItemID],
        of territory: TerritoryID = "dq"
    ) -> RequestForm {
        RequestForm(request: request, territory: territory, day: day, items: items)
    }

    private func satisfied(_ town: IntakeTown) -> [DataRequestSatisfied] {
        town.data.compactMap { if case .satisfied(let payload) = $0 { payload } else { nil } }
    }

    @Test("R5.1 a request whose items are all known is answered by itself, with where they were told")
    func known() throws {
        var town = IntakeTown()
        try town.send(Self.record([DataFigure("isolated", 7), DataFigure("elderly", 41)]), by: Town.head)
        let told = try #require(town.facts.last?.id)
        try town.send(Self.ask("F-1", ["isolated", "elderly"]), by: Town.street)
        let answer = try #require(satisfied(town).first)
        #expect(answer.answers.map(\.figure) == [7, 41])
        #expect(answer.answers.map(\.source) == [told, told])
        #expect(answer.isFromKnown)
        #expect(!answer.isLate)
        #expect(town.request("F-1").stage == .satisfied)
    }

    @Test("R5.1 a request waits for what is not known, and is answered once that is told")
    func waits() throws {
        var town = IntakeTown()
        try town.send(Self.record([DataFigure("isolated", 7)]), by: Town.head)
        try town.send(Self.ask("F-1", ["isolated", "elderly"]), by: Town.street)
        #expect(satisfied(town).isEmpty)
        town.wait(.seconds(90_000))
        try town.send(Self.record([DataFigure("elderly", 41)]), by: Town.head)
        let answer = try #require(satisfied(town).first)
        #expect(!answer.isFromKnown)
        #expect(answer.isLate)
    }

    @Test("R5.1 whoever runs the territory is asked for what nobody has told, and for nothing else")
    func asked() throws {
        var town = IntakeTown()
        try town.send(Self.record([DataFigure("isolated", 7)]), by: Town.head)
        try town.send(Self.ask("F-1", ["isolated", "elderly"]), by: Town.street)
        var deliveries = Deliveries(of: DataRequestPolicy(limits: .standard), in: town.town)
        #expect(deliveries.take(town.facts) == ["form dq-committee"])
        let delivery = try #require(deliveries.sent.first)
        #expect(delivery.about == .form("F-1"))
        #expect(
            try FormDelivery.record.decode(delivery.payload)
                == FormDelivery(
                    request: "F-1",
                    kind: .form,
                    territory: "dq",
                    day: Self.day,
                    items: ["elderly"],
                    due: town.now + .seconds(86_400)
                )
        )
        // What is known, or asked for already, is asked of nobody.
        let before = town.facts.count
        try town.send(Self.ask("F-2", ["isolated"]), by: Town.street)
        try town.send(Self.ask("F-3", ["elderly"]), by: Town.district)
        #expect(deliveries.take(town.facts.dropFirst(before)).isEmpty)
    }

    @Test("R5.1 a duplicate request is refused, whoever makes it")
    func duplicate() throws {
        var town = IntakeTown()
        try town.send(Self.ask("F-1", ["isolated", "elderly"]), by: Town.street)
        try town.send(Self.ask("F-2", ["elderly"]), by: Town.district)
        #expect(town.request("F-2").stage == .refused(duplicateOf: "F-1"))
        try town.send(Self.ask("F-3", ["elderly", "children"]), by: Town.district)
        #expect(town.data.last.map { if case .requested = $0 { true } else { false } } == true, "it asks for more")
        #expect(town.refusal(of: Self.ask("F-1", ["isolated"]), by: Town.street) == "R5.1 request-exists")
    }

    @Test("R5.1 what all territories below told is not asked of the one above: the form is their sum")
    func sum() throws {
        var town = IntakeTown()
        try town.send(Self.ask("F-1", ["isolated"], of: "he"), by: Town.district)
        try town.send(Self.record([DataFigure("isolated", 7)]), by: Town.head)
        #expect(satisfied(town).isEmpty)
        try town.send(Self.record([DataFigure("isolated", 5)], of: "xw"), by: Town.otherHead)
        let answer = try #require(satisfied(town).first?.answers.first)
        #expect(answer.figure == 12)
        #expect(answer.source == nil)
        #expect(answer.parts == 1, "of the one street below")
        try town.send(Self.ask("F-2", ["isolated"], of: "he-s1"), by: Town.street)
        #expect(satisfied(town).last?.answers.first?.parts == 2)
    }

    /// - Parameter count: of communities below one street, each of which told the largest figure there is.
    private static func answers(summing count: Int) -> [Reaction] {
        var policy = DataRequestPolicy(limits: .standard)
        var position: Int64 = 0
        func fact(_ event: AnyEvent) -> Fact {
            position += 1
            let id = EventID(command: CommandID(UniqueID(high: 9, low: UInt64(position))), ordinal: 0)
            let origin = Origin(
                event: id,
                actor: Town.street,
                occurredAt: Town.noon,
                recordedAt: Town.noon,
                correlation: id.command
            )
            return Fact(
                position: Position(position),
                stream: TerritoryRegister.stream,
                version: StreamVersion(1),
                id: id,
                type: EventType("Any"),
                origin: origin,
                event: event
            )
        }
        func define(_ territory: TerritoryID, _ level: TerritoryLevel, in parent: TerritoryID?) {
            let name = territory.rawValue
            let defined = TerritoryDefined(
                territory: territory,
                level: level,
                parent: parent,
                nameEN: name,
                nameZH: name
            )
            policy.evolve(fact(.territory(.defined(defined))))
        }
        define("he", .street, in: nil)
        for number in 1...count {
            let community = TerritoryID(rawValue: "c-\(number)")!
            define(community, .community, in: "he")
            let told = FiguresRecorded(
                territory: community,
                day: day,
                figures: [DataFigure("stock", DataFigure.range.upperBound)]
            )
            policy.evolve(fact(.data(.recorded(told))))
        }
        let request = DataRequested(
            request: "F-1",
            territory: "he",
            day: day,
            items: ["stock"],
            replyBy: Town.noon + .seconds(3_600),
            limit: .seconds(3_600)
        )
        let asked = fact(.data(.requested(request)))
        policy.evolve(asked)
        return policy.reactions(to: asked)
    }

    @Test("R5.1 a sum is given as far as an answer can hold it")
    func largestSum() {
        #expect(Self.answers(summing: 1_000).count == 1)
        #expect(Self.answers(summing: 1_001).isEmpty)
    }

    @Test("R5.1 households are known from the register")
    func households() throws {
        var town = IntakeTown()
        try town.send(Self.ask("F-1", ["households"]), by: Town.street)
        #expect(satisfied(town).first?.answers.first?.figure == 800)
        try town.send(Self.ask("F-2", ["households"], of: "xw"), by: Town.street)
        #expect(satisfied(town).count == 1, "nobody has counted them: missing is not zero")
    }

    @Test("R5.1 what is known need not and cannot be typed again")
    func typedOnce() throws {
        var town = IntakeTown()
        try town.send(Self.record([DataFigure("isolated", 7)]), by: Town.head)
        #expect(town.refusal(of: Self.record([DataFigure("isolated", 7)]), by: Town.gridWorker) != nil)
        #expect(town.refusal(of: Self.record([DataFigure("isolated", 7)]), by: Town.head) == "R5.1 known-already")
        try town.send(Self.record([DataFigure("isolated", 7), DataFigure("elderly", 41)]), by: Town.head)
        guard case .recorded(let payload)? = town.data.last else { return #expect(Bool(false)) }
        #expect(payload.figures == [DataFigure("elderly", 41)], "only what is new")
    }

    @Test("R0.4 another figure for the same is a correction, and says so")
    func correction() throws {
        var town = IntakeTown()
        try town.send(Self.record([DataFigure("isolated", 7)]), by: Town.head)
        #expect(town.refusal(of: Self.record([DataFigure("isolated", 8)]), by: Town.head) == "R0.4 known-otherwise")
        try town.send(Self.record([DataFigure("isolated", 8)], isCorrection: true), by: Town.head)
        guard case .recorded(let payload)? = town.data.last else { return #expect(Bool(false)) }
        #expect(payload.corrects == ["isolated"])
        try town.send(Self.ask("F-1", ["isolated"]), by: Town.street)
        #expect(satisfied(town).first?.answers.first?.figure == 8)
    }

    @Test("S5 a day that has not begun anywhere is refused")
    func future() throws {
        let town = IntakeTown()
        let ahead = CaseDay(rawValue: "2026-11-23")!
        let form = RequestForm(request: "F-1", territory: "dq", day: ahead, items: ["isolated"])
        #expect(town.refusal(of: form, by: Town.street) == "S5 day-ahead")
        let figures = RecordFigures(territory: "dq", day: ahead, figures: [DataFigure("isolated", 1)])
        #expect(town.refusal(of: figures, by: Town.head) == "S5 day-ahead")
    }

    @Test("S5 an item twice, a time that has passed and a foreign territory are refused")
    func bad() throws {
        let town = IntakeTown()
        let twice = Self.record([DataFigure("isolated", 1), DataFigure("isolated", 2)])
        #expect(town.refusal(of: twice, by: Town.head) == "R5.1 item-twice")
        let late = RequestForm(
            request: "F-1",
            territory: "dq",
            day: Self.day,
            items: ["isolated"],
            replyBy: Town.noon - .seconds(60)
        )
        #expect(town.refusal(of: late, by: Town.street) == "S5 reply-by-passed")
        #expect(town.refusal(of: Self.record([DataFigure("x", 1)], of: "xw"), by: Town.head) == "S1 outside-territory")
        #expect(town.refusal(of: Self.record([DataFigure("x", 1)], of: "nowhere"), by: Town.head) != nil)
    }

    @Test("R1.1 a property company tells figures and asks nobody for any")
    func property() throws {
        let town = IntakeTown()
        #expect(town.refusal(of: Self.record([DataFigure("gates", 2)]), by: Town.property) == nil)
        #expect(town.refusal(of: Self.ask("F-1", ["gates"]), by: Town.property) == "R1.1 property-orders")
    }

    @Test("R5.1 only Muster answers from what is known, and never with less than was asked")
    func fulfilment() throws {
        let asked = DataEvent.requested(
            DataRequested(
                request: "F-1",
                territory: "dq",
                day: Self.day,
                items: ["a", "b"],
                replyBy: Town.noon + .seconds(60),
                limit: .seconds(60)
            )
        )
        let spec = DecisionSpec(DataRequest.self, given: [asked])
        let half = FulfilRequestFromKnown(
            request: "F-1",
            answers: [DataAnswer(item: "a", figure: 1)],
            isFromKnown: true
        )
        #expect(spec.refusal(of: half, by: Town.system)?.code == "R5.1 figures-missing")
        #expect(spec.refusal(of: half, by: Town.street)?.code == "S1 role-not-allowed")
        let done = DecisionSpec(
            DataRequest.self,
            given: [asked, .refused(DataRequestRefused(request: "F-1", duplicateOf: "F-0"))]
        )
        #expect(try done.when(half, by: Town.system).isEmpty)
        #expect(try done.when(RefuseDuplicateRequest(request: "F-1", duplicateOf: "F-0"), by: Town.system).isEmpty)
    }

    @Test("R5.1 figures of long ago are forgotten, and asked for again")
    func bounded() throws {
        var town = IntakeTown()
        let old = CaseDay(rawValue: "2026-10-01")!
        let figures = RecordFigures(territory: "dq", day: old, figures: [DataFigure("isolated", 3)])
        try town.send(figures, by: Town.head)
        try town.send(Self.record([DataFigure("isolated", 7)]), by: Town.head)
        try town.send(RequestForm(request: "F-1", territory: "dq", day: old, items: ["isolated"]), by: Town.street)
        #expect(satisfied(town).isEmpty)
    }
}
