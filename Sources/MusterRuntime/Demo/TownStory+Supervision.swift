import EventSourcing
import MusterDomain
import Records

/// A thing that the district took into use.
struct TownAsset: Sendable {
    /// Nil while it is with its owner.
    private(set) var use: AssetRequisitioned?

    mutating func evolve(_ event: AuthorityEvent) {
        switch event {
        case .assetRequisitioned(let payload): use = payload
        case .assetReturned: use = nil
        default: break
        }
    }
}

/// What somebody is said to have hidden.
struct TownInquiry: Sendable {
    private(set) var report: ConcealmentReported?
    private(set) var inquiry = Inquiry()

    mutating func evolve(_ event: InquiryEvent, _ origin: Origin) {
        inquiry.evolve(event, from: origin)
        if case .concealmentReported(let payload) = event { report = payload }
    }
}

/// What an office told everybody.
struct TownNotice: Sendable {
    private(set) var content: NoticePublished?
    private(set) var publisher: Actor?
    private(set) var notice = Notice()

    mutating func evolve(_ event: NoticeEvent, _ origin: Origin) {
        notice.evolve(event, from: origin)
        if case .published(let payload) = event { (content, publisher) = (payload, origin.actor) }
    }
}

/// Who looks over whose shoulder: things are taken and given back, inquiries are opened and decided, notices are put right.
extension TownStory {
    private func deed(_ key: String, _ actor: Actor, _ command: any Command, _ mean: Duration) -> TownDeed {
        TownDeed(key: key, actor: actor, command: command, after: dice.delay(key, mean: mean))
    }

    // MARK: - Things taken into use

    func asset(_ number: Int, at now: Timestamp) -> TownCommand? {
        let key = "asset/\(number)"
        let things = ["中巴车 · minibus", "叉车 · fork-lift truck", "发电机 · generator", "会议室 · meeting hall"]
        guard let asset = AssetID(rawValue: "asset-\(number + 1)"), let what = dice.pick(things, "\(key)/what"),
            let owner = dice.pick([Town.anju, Town.hetai], "\(key)/owner")
        else { return nil }
        return TownCommand(
            Town.districtDuty,
            RequisitionAsset(
                asset: asset,
                what: what,
                owner: owner,
                territory: Town.town,
                legalBasis: "《突发事件应对法》第十二条 · Emergency Response Law, art. 12",
                from: now,
                to: now + Duration.seconds(4 * 3_600) / speed
            ),
            key: key
        )
    }

    func deeds(in asset: TownAsset) -> [TownDeed] {
        guard let use = asset.use else { return [] }
        let key = "\(use.asset)/return/\(use.from.microseconds)"
        let isDamaged = dice.isTrue("\(key)/damaged", chance: 0.2)
        let back = ReturnAsset(
            asset: use.asset,
            condition: isDamaged ? .damaged : .intact,
            compensation: isDamaged ? "修理费 1,200 元 · repair, 1,200 yuan" : nil
        )
        return [deed(key, Town.districtDuty, back, .seconds(4 * 3_600))]
    }

    // MARK: - Inquiries

    func inquiry(_ number: Int) -> TownCommand? {
        let key = "inquiry/\(number)"
        guard let inquiry = InquiryID(rawValue: "Q-\(number + 1)"), let community = dice.pick(Town.communities, key),
            let accused = dice.pick([community.property, community.party, Town.market, Town.urban], "\(key)/whom"),
            let kind = dice.pick([ConcealmentKind.concealed, .late, .falsified, .sham], "\(key)/kind"),
            let resident = Town.resident(number, of: community.grids[number % community.grids.count])
        else { return nil }
        let text = Self.accusation(of: kind)
        // Half of them give no name.
        let command: any Command =
            number % 2 == 0
            ? ReportConcealment(inquiry: inquiry, accused: accused, territory: community.id, kind: kind, text: text)
            : Whistleblow(inquiry: inquiry, accused: accused, territory: community.id, kind: kind, text: text)
        return TownCommand(resident, command, key: key)
    }

    private static func accusation(of kind: ConcealmentKind) -> String {
        switch kind {
        case .concealed: "水箱出了问题，没有人说。The water tank had trouble, and nobody said so."
        case .late: "三天后才上报。It was reported three days later."
        case .falsified: "巡查记录是在办公室里填的。The patrol records were written in the office."
        case .refusedObservation, .sham: "只拍照，不干活。They took a photo and did no work."
        }
    }

    func deeds(in inquiry: TownInquiry) -> [TownDeed] {
        guard let report = inquiry.report, let inspector = Town.duty(of: Town.inspectorate) else { return [] }
        let id = report.inquiry
        switch inquiry.inquiry.stage {
        case .unreported, .decided: return []
        case .reported: return [deed("\(id)/open", inspector, OpenInvestigation(inquiry: id), .seconds(3_600))]
        case .open:
            let isFalse = report.kind == .falsified || report.kind == .sham
            guard !isFalse || inquiry.inquiry.falsified > 0 || dice.isTrue("\(id)/clean", chance: 0.3) else {
                let found = RecordFalsification(
                    inquiry: id,
                    pattern: report.kind == .sham ? .photoOnly : .visitsInOneMinute,
                    count: 4 + Int(dice.fraction("\(id)/count") * 30),
                    text: "十八次走访在同一分钟内登记。Eighteen visits stand in one minute."
                )
                return [deed("\(id)/found", inspector, found, .seconds(5_400))]
            }
            let isLiable = inquiry.inquiry.falsified > 0 || dice.isTrue("\(id)/liable", chance: 0.4)
            let decision = DecideLiability(
                inquiry: id,
                isLiable: isLiable,
                text: isLiable ? "记录与现场不符。The records are not what was found there." : "未发现问题。Nothing was found."
            )
            return [deed("\(id)/decide", inspector, decision, .seconds(9_000))]
        }
    }

    // MARK: - Notices

    func notice(_ number: Int) -> TownCommand? {
        let key = "notice/\(number)"
        let texts = [
            ("停水通知 · Water off", "今晚 22 点至次日 5 点停水检修。No water from 22:00 to 5:00; the main is mended."),
            ("电动车充电 · Charging of scooters", "请到棚内充电，不要进楼。Charge them under the roof, not indoors."),
            ("消防演练 · Fire drill", "周六上午 9 点在中心花园。Saturday at 9:00 in the garden."),
        ]
        guard let notice = NoticeID(rawValue: "N-\(number + 1)"), let community = dice.pick(Town.communities, key),
            let head = Town.head(of: community), let (title, text) = dice.pick(texts, "\(key)/text")
        else { return nil }
        let command = PublishNotice(notice: notice, territory: community.id, title: title, text: text)
        return TownCommand(head, command, key: key)
    }

    func deeds(in notice: TownNotice) -> [TownDeed] {
        guard let content = notice.content, let publisher = notice.publisher, notice.notice.stage == .published,
            notice.notice.revision == 1
        else { return [] }
        let key = "\(content.notice)/after"
        switch dice.fraction(key) {
        case ..<0.3:
            let correction = CorrectNotice(
                notice: content.notice,
                title: content.title,
                text: "\(content.text) 时间顺延一小时。One hour later than was said.",
                reason: "时间有误。The time was wrong."
            )
            return [deed("\(key)/correct", publisher, correction, .seconds(2_400))]
        case ..<0.4:
            let back = WithdrawNotice(notice: content.notice, reason: "已取消。It does not take place.")
            return [deed("\(key)/withdraw", publisher, back, .seconds(3_600))]
        default: return []
        }
    }
}
