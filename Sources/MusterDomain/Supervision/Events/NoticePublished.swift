package import Records

/// An office told everybody in a territory.
package struct NoticePublished: Hashable, Sendable {
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

    package static let record = Record<NoticePublished>(
        refusesUnknownMembers: false,
        Field("notice", \.notice, .identifier(), Words("Notice", zh: "公告")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("title", \.title, .line(), Words("Title", zh: "标题")),
        Field("text", \.text, .prose(), Words("Text", zh: "正文")),
        make: NoticePublished.init
    )
}
