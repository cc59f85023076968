import EventSourcing
import MusterDomain
import Testing

/// What the descriptions of events say of persons.
@Suite struct PersonalFieldsTests {
    @Test("R16.1 prose, places and coordinates of people are personal, each kind's own person's")
    func all() {
        let fields = PersonalFields.all.map { type, personal in
            "\(type) \(personal.subject): \(personal.erased.keys.sorted().joined(separator: " "))"
        }
        #expect(
            fields.sorted() == [
                "Appealed/1 actor: reason",
                #"CallAbandoned/1 member("caller"): phone"#,
                #"CaseRuledOut/1 member("person"): text"#,
                #"CaseSuspected/1 member("person"): places text"#,
                #"CaseVerified/1 member("person"): places text"#,
                "ConcealmentReported/1 actor: text",
                #"DirectReportFiled/1 member("person"): text"#,
                "FeedbackGiven/1 actor: text",
                "HelpOffered/1 actor: text",
                #"HouseholdRegistered/1 member("contact"): name phone"#,
                #"MatterRaised/1 member("reporter"): place text title"#,
                "MatterReopened/1 resident: reason",
                "MeasureChallenged/1 resident: text",
                #"MemberDeclared/1 member("person"): name phone place"#,
                #"RecordCorrected/1 member("person"): name phone reason"#,
                #"ReportAnswered/1 member("reporter"): text"#,
                #"ReportSplit/1 member("reporter"): contents"#,
                #"ReportSubmitted/1 member("reporter"): latitude longitude phone place text"#,
                #"StepCompleted/1 member("person"): photo text"#,
                #"VisitRecorded/1 member("contact"): note"#,
                #"VulnerableFlagged/1 member("person"): note"#,
            ]
        )
    }

    @Test("R16.1 what names a person is not among them: it must be found without a key")
    func subjectsAreClear() {
        for (type, personal) in PersonalFields.all {
            guard case .member(let name) = personal.subject else { continue }
            #expect(personal.erased[name] == nil, "\(type)")
        }
    }

    @Test("R16.1 an erased text says so, any other erased value is as good as missing")
    func erased() throws {
        let report = try #require(PersonalFields.of(EventType("ReportSubmitted")))
        #expect(report.erased["text"].map { String(decoding: $0, as: UTF8.self) } == #""[erased]""#)
        #expect(report.erased["latitude"].map { String(decoding: $0, as: UTF8.self) } == "null")
        #expect(PersonalFields.of(EventType("WhistleBlown")) == nil)
        #expect(PersonalFields.of(EventType("ReportSubmitted", version: 99)) == nil)
    }
}
