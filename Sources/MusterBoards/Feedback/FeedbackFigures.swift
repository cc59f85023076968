package import MusterDomain
package import Records

/// What stands beside the open ends: how many there are, how each party stands, and what was published.
package struct FeedbackFigures: ListedFigures {
    package struct Counts: Hashable, Sendable {
        package var asked = 0
        package var appeals = 0
        /// Of those, the ones that should have been decided by now.
        package var appealsOverdue = 0
        package var reopened = 0
        /// Open inquiries.
        package var inquiries = 0
        /// Inquiries that found somebody liable.
        package var liable = 0
        /// Notices that somebody questions.
        package var notices = 0
        /// Of those, the ones that should have been put right by now.
        package var noticesOverdue = 0
    }

    /// How a party stands.
    package struct Line: Hashable, Sendable {
        package let party: PartyID
        package let name: Words
        package let outcomes: PartyOutcomes
        /// Its open matters whose clock has run out.
        package let overdueOpen: Int
    }

    /// How everybody was told that parties stood, with what they are called.
    package struct Published: Hashable, Sendable {
        package let appraisal: AppraisalPublished
        package let names: [PartyID: Words]
    }

    /// A notice, with what its place and its publisher are called.
    package struct Notice: Hashable, Sendable {
        package let notice: PublicNotice
        package let territoryName: Words
        package let publisherName: Words
    }

    package let sums: Counts
    package let lines: [Line]
    /// The latest first.
    package let published: [Published]
    /// The latest first.
    package let notices: [Notice]

    package var counts: [ListCount] {
        [
            ListCount(Words("appeals", zh: "申诉"), sums.appeals, tone: .rule),
            ListCount(Words("reviews overdue", zh: "复核逾期"), sums.appealsOverdue, tone: .late),
            ListCount(Words("came back", zh: "重开"), sums.reopened, tone: .late),
            ListCount(Words("wait for the reporter", zh: "待反映人答复"), sums.asked),
            ListCount(Words("inquiries open", zh: "在查线索"), sums.inquiries),
            ListCount(
                Words("notices to be put right", zh: "待更正公告"),
                sums.notices,
                tone: sums.noticesOverdue > 0 ? .late : .soon
            ),
        ]
    }

    package var remarks: [ListRemarks] {
        [
            ListRemarks(Words("How each party stands", zh: "各单位情况"), lines.map(\.cell)),
            ListRemarks(
                Words("Published, beside what stands now", zh: "已公布结果与当前数据"),
                published.prefix(1).flatMap { $0.cells(beside: lines) }
            ),
            ListRemarks(Words("Published before", zh: "此前公布的考核"), published.dropFirst().map(\.cell)),
            ListRemarks(
                Words("Notices", zh: "公告"),
                notices.map { $0.notice.cell($0.territoryName, $0.publisherName) }
            ),
        ]
    }

    package func write(since previous: FeedbackFigures?, to writer: inout JSONWriter) {
        if sums != previous?.sums {
            writer.object("counts") { writer in
                writer.member("asked", sums.asked)
                writer.member("appeals", sums.appeals)
                writer.member("appealsOverdue", sums.appealsOverdue)
                writer.member("reopened", sums.reopened)
                writer.member("inquiries", sums.inquiries)
                writer.member("liable", sums.liable)
                writer.member("notices", sums.notices)
                writer.member("noticesOverdue", sums.noticesOverdue)
            }
        }
        if lines != previous?.lines {
            writer.list("parties", lines) { line, writer in line.write(to: &writer) }
        }
        if published != previous?.published {
            writer.list("appraisals", published) { published, writer in published.write(to: &writer) }
        }
        if notices != previous?.notices {
            writer.list("notices", notices) { notice, writer in
                notice.notice.write(notice.territoryName, notice.publisherName, to: &writer)
            }
        }
    }
}

extension FeedbackFigures.Line {
    fileprivate var cell: ListCell {
        let onTime = outcomes.onTime(overdueOpen: overdueOpen)
        let satisfied = outcomes.satisfaction
        func percent(_ value: Int?) -> String { value.map { "\($0) %" } ?? "–" }
        return ListCell(
            Words(
                "\(name.en): \(percent(onTime)) on time, \(percent(satisfied)) solved",
                zh: "\(name.zh)：按时 \(percent(onTime))，解决 \(percent(satisfied))"
            ),
            note: Words(
                "closed \(outcomes.closed) · open and overdue \(overdueOpen) · answered "
                    + "\(outcomes.answers), silent \(outcomes.silent) · appeals upheld "
                    + "\(outcomes.appealsUpheld)",
                zh: "办结 \(outcomes.closed) · 超期未结 \(overdueOpen) · 答复 \(outcomes.answers)，"
                    + "未答复 \(outcomes.silent) · 申诉成立 \(outcomes.appealsUpheld)"
            ),
            tone: overdueOpen > 0 ? .late : .plain
        )
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("party", party.rawValue)
        writer.member("name", name)
        writer.member("closedOnTime", outcomes.closedOnTime)
        writer.member("closedLate", outcomes.closedLate)
        writer.member("overdueOpen", overdueOpen)
        writer.member("onTimePercent", outcomes.onTime(overdueOpen: overdueOpen).map(Int64.init))
        writer.member("solved", outcomes.solved)
        writer.member("notSolved", outcomes.notSolved)
        writer.member("silent", outcomes.silent)
        writer.member("satisfactionPercent", outcomes.satisfaction.map(Int64.init))
        writer.member("appealsUpheld", outcomes.appealsUpheld)
        writer.endObject()
    }
}
