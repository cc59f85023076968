package import EventSourcing
package import Records

/// A caller hung up before anybody answered.
package struct CallAbandoned: Hashable, Sendable {
    package let call: CallID
    package let territory: TerritoryID
    /// In seconds.
    package let waited: Int
    package let phone: PhoneNumber?
    package let caller: PersonID?
    /// Nil when the number is not known.
    package let callBackBy: Timestamp?
    package let limit: Duration?

    package init(
        call: CallID,
        territory: TerritoryID,
        waited: Int,
        phone: PhoneNumber? = nil,
        caller: PersonID? = nil,
        callBackBy: Timestamp? = nil,
        limit: Duration? = nil
    ) {
        self.call = call
        self.territory = territory
        self.waited = waited
        self.phone = phone
        self.caller = caller
        self.callBackBy = callBackBy
        self.limit = limit
    }

    package static let record = Record<CallAbandoned>(
        refusesUnknownMembers: false,
        Field("call", \.call, .identifier(), Words("Call", zh: "来电")),
        Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
        Field("waitedSeconds", \.waited, .integer(0...86_400), Words("Seconds waited", zh: "等待秒数")),
        Field("phone", \.phone, Codec<PhoneNumber>.phoneNumber.optional, Words("Phone", zh: "电话"), isPersonal: true),
        Field("caller", \.caller, Codec<PersonID>.identifier().optional, Words("Caller", zh: "来电人")),
        Field("callBackBy", \.callBackBy, Codec<Timestamp>.timestamp.optional, Words("Call back by", zh: "回拨期限")),
        Field("limitSeconds", \.limit, Codec<Duration>.seconds.optional, Words("Limit in seconds", zh: "时限（秒）")),
        make: CallAbandoned.init
    )
}
