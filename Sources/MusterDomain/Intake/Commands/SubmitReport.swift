package import EventSourcing
import Records

/// Tells Muster of something that somebody saw.
package struct SubmitReport: Command, Hashable {
    package let report: ReportID
    package let channel: ReportChannel
    package let kind: ReportKind
    package let territory: TerritoryID
    package let place: String
    package let text: String
    /// Wider than a latitude can be, so that swapped coordinates are refused in words.
    package let latitude: Double?
    package let longitude: Double?
    /// For those without a phone of their own (R5.6); nil for a resident who reports in person.
    package let reporter: PersonID?
    /// To call back.
    package let phone: PhoneNumber?
    /// For how many seconds the caller waited; nil where nobody called.
    package let answeredAfter: Int?

    package init(
        report: ReportID,
        channel: ReportChannel,
        kind: ReportKind,
        territory: TerritoryID,
        place: String,
        text: String,
        latitude: Double? = nil,
        longitude: Double? = nil,
        reporter: PersonID? = nil,
        phone: PhoneNumber? = nil,
        answeredAfter: Int? = nil
    ) {
        self.report = report
        self.channel = channel
        self.kind = kind
        self.territory = territory
        self.place = place
        self.text = text
        self.latitude = latitude
        self.longitude = longitude
        self.reporter = reporter
        self.phone = phone
        self.answeredAfter = answeredAfter
    }

    package static let description = CommandDescription<SubmitReport>(
        "SubmitReport",
        of: .intake,
        Words("Report something", zh: "我要反映"),
        by: [
            .resident, .hotlineClerk, .gridWorker, .propertyManager, .ngoCoordinator, .ownersDelegate,
            // Hospitals are departments.
            .departmentOfficer,
        ],
        Record<SubmitReport>(
            Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
            Field("channel", \.channel, .choice, Words("Channel", zh: "渠道")),
            Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field(
                "place",
                \.place,
                .line(),
                Words("Place", zh: "地点"),
                help: Words("Street, building, entrance", zh: "街道、楼栋、单元")
            ),
            Field("text", \.text, .prose(), Words("What happened", zh: "发生了什么")),
            Field("latitude", \.latitude, Codec<Double>.number(-180...180).optional, Words("Latitude", zh: "纬度")),
            Field("longitude", \.longitude, Codec<Double>.number(-180...180).optional, Words("Longitude", zh: "经度")),
            Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("On behalf of", zh: "代谁反映")),
            Field("phone", \.phone, Codec<PhoneNumber>.phoneNumber.optional, Words("Phone", zh: "电话")),
            Field(
                "answeredAfterSeconds",
                \.answeredAfter,
                Codec<Int>.integer(0...86_400).optional,
                Words("Seconds the caller waited", zh: "等待秒数")
            ),
            make: SubmitReport.init
        )
    )

    package var stream: StreamName { Report.stream(report) }

    package func decide(_ subject: Report, in context: Context) throws(Rejection) -> [Report.Event] {
        try subject.requireNew(report)
        try context.requireTerritory(territory)
        try checkPlace()
        let isResident = context.actor.role == .resident
        if isResident, let reporter, reporter != context.actor.person {
            throw Rejection(
                kind: .forbidden,
                rule: "S5",
                reason: "not-yourself",
                Words("A resident reports in their own name.", zh: "居民只能以本人名义反映。"),
                advice: Words("The hotline or a grid worker can report for others.", zh: "可由热线或网格员代报。")
            )
        }
        let limits = context.limits.intake
        let isUrgent = SafetyWords.occur(in: text)
        let limit = limits.answer(isUrgent: isUrgent || kind.isEmergency)
        return [
            .submitted(
                ReportSubmitted(
                    report: report,
                    channel: channel,
                    kind: kind,
                    territory: territory,
                    place: place,
                    text: text,
                    latitude: latitude,
                    longitude: longitude,
                    reporter: isResident ? context.actor.person : reporter,
                    isUrgent: isUrgent,
                    phone: phone,
                    answeredAfter: answeredAfter,
                    isAnsweredLate: answeredAfter.map { Duration.seconds($0) > limits.pickUp },
                    answerBy: context.now + limit,
                    limit: limit
                )
            )
        ]
    }

    private func checkPlace() throws(Rejection) {
        switch (latitude, longitude) {
        case (nil, nil): return
        case (let latitude?, let longitude?):
            guard latitude != 0 || longitude != 0 else {
                throw Rejection(
                    rule: "S5",
                    reason: "coordinates-zero",
                    Words("(0, 0) lies in the Atlantic: the device knew no place.", zh: "(0, 0) 在大西洋上：设备没有取得位置。"),
                    advice: Words("Leave the coordinates out.", zh: "请不要填写坐标。")
                )
            }
            guard abs(latitude) <= 90 else {
                throw Rejection(
                    rule: "S5",
                    reason: "coordinates-swapped",
                    Words(
                        "A latitude lies between -90 and 90: latitude and longitude seem to be swapped.",
                        zh: "纬度应在 -90 到 90 之间：经纬度可能填反了。"
                    )
                )
            }
        case (nil, _?), (_?, nil):
            throw Rejection(
                rule: "S5",
                reason: "coordinates-incomplete",
                Words("Latitude and longitude belong together.", zh: "经度和纬度必须同时填写。")
            )
        }
    }
}
