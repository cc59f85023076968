package import EventSourcing
import Records

/// Tells everybody in a territory something (R14.6: without personal data).
package struct PublishNotice: Command, Hashable {
    package let notice: NoticeID
    package let territory: TerritoryID
    package let title: String
    package let text: String

    package init(notice: NoticeID, territory: TerritoryID, title: String, text: String) {
        self.notice = notice
        self.territory = territory
        self.title = title
        self.text = text
    }

    package static let description = CommandDescription<PublishNotice>(
        "PublishNotice",
        of: .feedback,
        Words("Publish a notice", zh: "发布公告"),
        by: [.communityHead, .streetCoordinator, .districtCommand],
        isOrder: true,
        Record<PublishNotice>(
            Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("title", \.title, .line(), Words("Title", zh: "标题")),
            Field("text", \.text, .prose(), Words("Text", zh: "正文")),
            make: PublishNotice.init
        )
    )

    package var stream: StreamName { Notice.stream(notice) }

    package func decide(_ subject: Notice, in context: Context) throws(Rejection) -> [Notice.Event] {
        guard subject.stage == .unpublished else {
            throw Rejection(
                rule: "S14",
                reason: "notice-exists",
                Words("Notice \(notice) was published already.", zh: "公告 \(notice) 已发布。"),
                advice: Words("Correct it, or publish another.", zh: "请更正，或另行发布。")
            )
        }
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        try PersonalData.requireNone(in: title, text)
        let published = NoticePublished(notice: notice, territory: territory, title: title, text: text)
        return [.published(published)]
    }
}
