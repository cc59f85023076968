import EventSourcing
import MusterDomain
import Testing

/// What offices tell everybody (S14).
@Suite struct NoticeTests {
    private func publish(_ text: String, title: String = "Water") -> PublishNotice {
        PublishNotice(notice: "N-1", territory: "dq", title: title, text: text)
    }

    private let published = NoticeEvent.published(
        NoticePublished(notice: "N-1", territory: "dq", title: "Water", text: "Off until six.")
    )

    /// A notice that the head's community has published.
    private func standing() -> Notice {
        var notice = Notice()
        let origin = Origin(
            event: EventID(command: CommandID(UniqueID(high: 7, low: 7)), ordinal: 0),
            actor: Town.head,
            occurredAt: Town.noon,
            recordedAt: Town.noon,
            correlation: CommandID(UniqueID(high: 7, low: 7))
        )
        notice.evolve(published, from: origin)
        return notice
    }

    private func decide<C: Command>(_ command: C, _ notice: Notice, by actor: Actor) throws(Rejection) -> [NoticeEvent]
    where C.Subject == Notice {
        let context = Town().context(of: actor)
        try context.authorise(CommandCatalogue.entry(of: command))
        return try command.decide(notice, in: context)
    }

    private func refusal<C: Command>(of command: C, _ notice: Notice, by actor: Actor) -> String?
    where C.Subject == Notice {
        do throws(Rejection) {
            _ = try decide(command, notice, by: actor)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("R14.6 a correction points at what it puts right, and counts on")
    func correction() throws {
        #expect(try decide(publish("Off until six."), Notice(), by: Town.head) == [published])
        let correct = CorrectNotice(notice: "N-1", title: "Water", text: "Off until seven.", reason: "Longer.")
        let events = try decide(correct, standing(), by: Town.head)
        guard case .corrected(let corrected)? = events.first else {
            Issue.record("nothing was corrected")
            return
        }
        #expect(corrected.revision == 2)
        #expect(corrected.corrects == standing().latest)
    }

    @Test(
        "R14.6 a notice holds no number by which a person is found",
        arguments: [
            ("Case: 11010119900307123X", true), ("Case: 110101199003071234", true), ("１３８００１３８０００", true),
            ("call 138-0013-8000", true), ("call 138 0013 8000 now", true), ("+86 138 0013 8000", true),
            ("8613800138000", true), ("0086-138-0013-8000", true), ("13800138000 13900139000", true),
            ("110101199003071234 13800138000", true), ("11010119900307123X13800138000", true),
            ("110101 19900307 123x", true), ("Born 110101900307123.", true), ("110101 900307 123", true),
            ("Order 910101909907123.", false), ("Order 110101901307123.", false), ("Call 010-12345678.", false),
            ("On 2026-11-26 at 18:00, 12345 answers.", false), ("About 11,000,000,000 yuan.", false),
            ("1234567890123456789", false), ("13800138000138", false), ("", false),
        ]
    )
    func personalData(_ text: String, isRefused: Bool) {
        #expect(PersonalData.found(in: text).isEmpty != isRefused)
        guard !text.isEmpty else { return }
        let code = refusal(of: publish(text), Notice(), by: Town.head)
        #expect(code == (isRefused ? "R14.6 personal-data" : nil))
        #expect(refusal(of: publish("x", title: text), Notice(), by: Town.head) == code)
        let correct = CorrectNotice(notice: "N-1", title: "Water", text: text, reason: "x")
        #expect(refusal(of: correct, standing(), by: Town.head) == code)
    }

    @Test("R1.1 a property company publishes no notice")
    func property() {
        #expect(refusal(of: publish("No tenants."), Notice(), by: Town.property) == "R1.1 property-orders")
    }

    @Test("S14 only its publisher or the district puts a notice right, on its own ground")
    func others() {
        let withdraw = WithdrawNotice(notice: "N-1", reason: "Wrong.")
        #expect(refusal(of: withdraw, standing(), by: Town.head) == nil)
        #expect(refusal(of: withdraw, standing(), by: Town.district) == nil)
        #expect(refusal(of: withdraw, standing(), by: Town.street) == "S1 not-your-party")
        #expect(refusal(of: withdraw, standing(), by: Town.otherHead) == "S1 outside-territory")
        #expect(refusal(of: publish("x"), Notice(), by: Town.otherHead) == "S1 outside-territory")
        #expect(refusal(of: withdraw, Notice(), by: Town.head) == "S14 notice-unknown")
    }

    @Test("S14 what was withdrawn stays withdrawn")
    func withdrawn() {
        var notice = standing()
        notice.evolve(.withdrawn(NoticeWithdrawn(notice: "N-1", reason: "Wrong.")), from: .test)
        let correct = CorrectNotice(notice: "N-1", title: "Water", text: "x", reason: "x")
        #expect(refusal(of: correct, notice, by: Town.head) == "S14 notice-withdrawn")
        #expect(refusal(of: publish("x"), notice, by: Town.head) == "S14 notice-exists")
    }
}
