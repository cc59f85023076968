package import EventSourcing
import Records

/// The same as `ReportConcealment` by somebody whose name is recorded nowhere: the event says that it was nobody in
/// particular (R14.4).
package struct Whistleblow: Command, Hashable {
    package let inquiry: InquiryID
    package let accused: PartyID
    package let territory: TerritoryID
    package let kind: ConcealmentKind
    package let text: String

    package init(
        inquiry: InquiryID,
        accused: PartyID,
        territory: TerritoryID,
        kind: ConcealmentKind,
        text: String
    ) {
        self.inquiry = inquiry
        self.accused = accused
        self.territory = territory
        self.kind = kind
        self.text = text
    }

    package static let description = CommandDescription<Whistleblow>(
        "Whistleblow",
        of: .feedback,
        Words("Report without a name", zh: "匿名举报"),
        help: Words(
            "Your name is not recorded. Do not write it into the text.",
            zh: "系统不记录您的姓名，请勿在正文中写明身份。"
        ),
        by: [
            .resident, .hotlineClerk, .gridWorker, .communityHead, .streetCoordinator, .departmentOfficer,
            .propertyManager, .ngoCoordinator, .ownersDelegate,
        ],
        under: "R14.4",
        hidesActor: true,
        Record<Whistleblow>(
            Field("inquiry", \.inquiry, .identifier(), Words("Inquiry", zh: "线索")),
            Field("accused", \.accused, .identifier(), Words("About", zh: "被举报单位")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("text", \.text, .prose(), Words("What happened", zh: "发生了什么")),
            make: Whistleblow.init
        )
    )

    package var stream: StreamName { Inquiry.stream(inquiry) }

    package func decide(_ subject: Inquiry, in context: Context) throws(Rejection) -> [Inquiry.Event] {
        guard !text.names(context.actor.person.rawValue) else {
            throw Rejection(
                rule: "R14.4",
                reason: "name-in-text",
                Words("The text names you.", zh: "正文中出现了您的身份。"),
                advice: Words("Leave your name out, or report under it.", zh: "请删去身份信息，或改为实名举报。")
            )
        }
        if let number = PersonalData.first(in: [text]) {
            throw Rejection(
                rule: "R14.4",
                reason: "number-in-text",
                Words(
                    "The text holds \(number.words.en), by which somebody can be found.",
                    zh: "正文中含有\(number.words.zh)，据此可以找到具体个人。"
                ),
                advice: Words("Leave the number out, or report under your name.", zh: "请删去该号码，或改为实名举报。")
            )
        }
        let report = ReportConcealment(
            inquiry: inquiry,
            accused: accused,
            territory: territory,
            kind: kind,
            text: text
        )
        return [.concealmentReported(try subject.reported(report, isAnonymous: true, in: context))]
    }
}

extension String {
    /// Whether it holds a name, in whatever case.
    fileprivate func names(_ name: String) -> Bool {
        lowercased().contains(name.lowercased())
    }
}
