import EventSourcing
import MusterDomain

extension Samples {
    private static let time = Timestamp(microseconds: 1_795_233_600_123_456)
    private static let nasty = "\"\\ \u{1F692} 火\n\tend </script> \u{2028}"
    private static let day = CaseDay(rawValue: "2026-11-21")!

    /// What became of reports.
    static let dealtWith: [ReportEvent] = [
        .merged(ReportsMerged(report: "R-1", duplicates: ["R-2", "R-3"])),
        .joined(ReportJoined(report: "R-2", into: "R-1", reporter: "resident-2")),
        .joined(ReportJoined(report: "R-3", into: "R-1")),
        .split(
            ReportSplit(
                report: "R-1",
                parts: ["R-4"],
                contents: [SplitPart(report: "R-4", kind: .water, territory: "dq-02", place: "7", text: nasty)],
                channel: .paper,
                territory: "dq-02",
                reporter: "resident-1"
            )
        ),
        .split(ReportSplit(report: "R-1", parts: ["R-4"], channel: .paper, territory: "dq-02")),
        .routed(ReportRouted(report: "R-1", party: "fire", duty: "passage.clear", note: nasty)),
        .routed(ReportRouted(report: "R-1", party: "fire", duty: "passage.clear")),
        .answered(
            ReportAnswered(report: "R-1", text: nasty, isSolved: true, isFirstContact: true, reporter: "resident-1")
        ),
        .answered(ReportAnswered(report: "R-1", text: "x", isSolved: false, isFirstContact: false)),
        .overdue(ReportOverdue(report: "R-1", territory: "dq-02", dueBy: time, limit: .seconds(600))),
    ]

    static let data: [DataEvent] = [
        .requested(
            DataRequested(
                request: "F-1",
                territory: "dq",
                day: day,
                items: ["isolated", "elderly"],
                text: nasty,
                replyBy: time,
                limit: .seconds(600)
            )
        ),
        .requested(
            DataRequested(
                request: "F-1",
                territory: "dq",
                day: day,
                items: ["isolated"],
                replyBy: time,
                limit: .seconds(600)
            )
        ),
        .satisfied(
            DataRequestSatisfied(
                request: "F-1",
                answers: [
                    DataAnswer(
                        item: "isolated",
                        figure: 7,
                        source: EventID(command: CommandID(UniqueID(high: 1, low: 1)), ordinal: 0)
                    ),
                    DataAnswer(item: "elderly", figure: 0, parts: 2),
                ],
                isFromKnown: true,
                isLate: false
            )
        ),
        .refused(DataRequestRefused(request: "F-2", duplicateOf: "F-1")),
        .recorded(
            FiguresRecorded(territory: "dq", day: day, figures: [DataFigure("isolated", 7)], corrects: ["isolated"])
        ),
        .recorded(FiguresRecorded(territory: "dq", day: day, figures: [DataFigure("isolated", 0)])),
        .overdue(
            DataRequestOverdue(
                request: "F-1",
                territory: "dq",
                asker: "street-1",
                dueBy: time,
                limit: .seconds(86_400)
            )
        ),
    ]

    static let directReport: [DirectReportEvent] = [
        .filed(
            DirectReportFiled(
                directReport: "DR-1",
                territory: "dq-02",
                level: .district,
                to: ["he-s1", "he"],
                copies: ["dq"],
                text: nasty,
                person: "resident-1",
                day: day,
                figures: [DataFigure("fever", 3)],
                corrects: "DR-0"
            )
        ),
        .filed(
            DirectReportFiled(directReport: "DR-1", territory: "dq", level: .street, to: ["he-s1"], text: "x")
        ),
        .received(DirectReportReceived(directReport: "DR-1", territory: "he", level: .district, isCopy: false)),
    ]

    static let desk: [DeskEvent] = [
        .surgeDeclared(
            SurgeDeclared(
                territory: "he",
                number: 1,
                ground: .arrivals,
                arrivals: 400,
                usual: 100,
                abandonedPercent: 31,
                text: nasty,
                answerLimit: .seconds(86_400),
                callBackLimit: .seconds(43_200)
            )
        ),
        .surgeDeclared(
            SurgeDeclared(
                territory: "he",
                number: 2,
                ground: .abandoned,
                answerLimit: .seconds(86_400),
                callBackLimit: .seconds(43_200)
            )
        ),
        .surgeEnded(SurgeEnded(territory: "he", number: 1, text: nasty)),
        .surgeEnded(SurgeEnded(territory: "he", number: 2)),
        .callAbandoned(
            CallAbandoned(
                call: "C-1",
                territory: "he",
                waited: 95,
                phone: PhoneNumber(rawValue: "+86 512-6512 3456"),
                caller: "resident-1",
                callBackBy: time,
                limit: .seconds(7_200)
            )
        ),
        .callAbandoned(CallAbandoned(call: "C-2", territory: "he", waited: 0)),
        .callBackExtended(
            CallBackExtended(call: "C-1", surge: "he", number: 2, callBackBy: time, limit: .seconds(43_200))
        ),
        .callOverdue(CallOverdue(call: "C-1", territory: "he", dueBy: time, limit: .seconds(7_200), attempts: 2)),
        .callOverdue(CallOverdue(call: "C-2", territory: "he", dueBy: time, attempts: 0)),
        .callReturned(
            CallReturned(call: "C-1", isReached: true, report: "R-1", attempt: 2, isLast: true, isLate: true)
        ),
        .callReturned(CallReturned(call: "C-1", isReached: false, attempt: 1, isLast: false, isLate: false)),
    ]

    /// Matters that go along with others.
    static let joinedMatters: [MatterEvent] = [
        .merged(MatterMerged(matter: "M-2", into: "M-1", reporters: ["resident-2"])),
        .merged(MatterMerged(matter: "M-2", into: "M-1", reporters: [])),
        .reportersJoined(ReportersJoined(matter: "M-1", from: "M-2", reporters: ["resident-2", "resident-3"])),
    ]
}
