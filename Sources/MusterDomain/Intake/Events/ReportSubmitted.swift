package import EventSourcing
package import Records

/// Somebody told Muster of something.
package struct ReportSubmitted: Hashable, Sendable {
    package let report: ReportID
    package let channel: ReportChannel
    package let kind: ReportKind
    package let territory: TerritoryID
    package let place: String
    package let text: String
    package let latitude: Double?
    package let longitude: Double?
    /// Who is asked whether it was solved; nil when nobody can be asked.
    package let reporter: PersonID?
    /// The text holds a safety word (R5.4).
    package let isUrgent: Bool
    /// To call back.
    package let phone: PhoneNumber?
    /// For how many seconds the caller waited; nil where nobody called.
    package let answeredAfter: Int?
    /// The caller waited longer than one should.
    package let isAnsweredLate: Bool?
    package let answerBy: Timestamp?
    package let limit: Duration?
    /// The report that it was a part of.
    package let splitFrom: ReportID?

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
        isUrgent: Bool,
        phone: PhoneNumber? = nil,
        answeredAfter: Int? = nil,
        isAnsweredLate: Bool? = nil,
        answerBy: Timestamp? = nil,
        limit: Duration? = nil,
        splitFrom: ReportID? = nil
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
        self.isUrgent = isUrgent
        self.phone = phone
        self.answeredAfter = answeredAfter
        self.isAnsweredLate = isAnsweredLate
        self.answerBy = answerBy
        self.limit = limit
        self.splitFrom = splitFrom
    }

    /// Somebody may be in danger, by the text or by the kind: no other report comes before it (R5.4).
    package var isPressing: Bool { isUrgent || kind.isEmergency }

    package static let record = Record<ReportSubmitted>(
        refusesUnknownMembers: false,
        Field("report", \.report, .identifier(), Words("Report", zh: "报告")),
        Field("channel", \.channel, .choice, Words("Channel", zh: "渠道")),
        Field("kind", \.kind, .choice, Words("Kind", zh: "类别")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("place", \.place, .line(), Words("Place", zh: "地点"), isPersonal: true),
        Field("text", \.text, .prose(), Words("Text", zh: "说明"), isPersonal: true),
        Field(
            "latitude",
            \.latitude,
            Codec<Double>.number(-90...90).optional,
            Words("Latitude", zh: "纬度"),
            isPersonal: true
        ),
        Field(
            "longitude",
            \.longitude,
            Codec<Double>.number(-180...180).optional,
            Words("Longitude", zh: "经度"),
            isPersonal: true
        ),
        Field("reporter", \.reporter, Codec<PersonID>.identifier().optional, Words("Reporter", zh: "反映人")),
        Field("isUrgent", \.isUrgent, .boolean, Words("Urgent", zh: "紧急")),
        Field(
            "phone",
            \.phone,
            Codec<PhoneNumber>.phoneNumber.optional,
            Words("Phone", zh: "电话"),
            isPersonal: true
        ),
        Field(
            "answeredAfterSeconds",
            \.answeredAfter,
            Codec<Int>.integer(0...86_400).optional,
            Words("Seconds waited", zh: "等待秒数")
        ),
        Field("isAnsweredLate", \.isAnsweredLate, Codec<Bool>.boolean.optional, Words("Waited too long", zh: "接听超时")),
        Field("answerBy", \.answerBy, Codec<Timestamp>.timestamp.optional, Words("Answer by", zh: "答复期限")),
        Field("limitSeconds", \.limit, Codec<Duration>.seconds.optional, Words("Limit in seconds", zh: "时限（秒）")),
        Field("splitFrom", \.splitFrom, Codec<ReportID>.identifier().optional, Words("Part of", zh: "拆自")),
        make: ReportSubmitted.init
    )
}
