package import EventSourcing
import Records

/// Records that a questioned notice was not put right in time.
package struct RecordMissedCorrection: Command, Hashable {
    package let notice: NoticeID
    /// The limit, which names the clock.
    package let dueBy: Timestamp

    package init(notice: NoticeID, dueBy: Timestamp) {
        self.notice = notice
        self.dueBy = dueBy
    }

    package static let description = CommandDescription<RecordMissedCorrection>(
        "RecordMissedCorrection",
        of: .feedback,
        Words("Record a missed correction", zh: "记录未按时更正"),
        by: [.system],
        under: "S14",
        Record<RecordMissedCorrection>(
            Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
            Field("dueBy", \.dueBy, .timestamp, Words("Due", zh: "期限")),
            make: RecordMissedCorrection.init
        )
    )

    package var stream: StreamName { Notice.stream(notice) }

    package func decide(_ subject: Notice, in context: Context) throws(Rejection) -> [Notice.Event] {
        guard let clock = subject.clock, clock.due == dueBy, !clock.isMissed else { return [] }
        guard context.now >= dueBy else { throw .tooEarly(dueBy) }
        return [.correctionMissed(NoticeCorrectionMissed(notice: notice, dueBy: dueBy))]
    }
}
