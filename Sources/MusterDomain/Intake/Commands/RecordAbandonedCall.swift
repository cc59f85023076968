package import EventSourcing
import Records

/// Records that a caller hung up before anybody answered, so that somebody calls back (R5.5).
package struct RecordAbandonedCall: Command, Hashable {
    package let call: CallID
    package let territory: TerritoryID
    package let waited: Int
    package let phone: PhoneNumber?
    package let caller: PersonID?

    package init(
        call: CallID,
        territory: TerritoryID,
        waited: Int,
        phone: PhoneNumber? = nil,
        caller: PersonID? = nil
    ) {
        self.call = call
        self.territory = territory
        self.waited = waited
        self.phone = phone
        self.caller = caller
    }

    package static let description = CommandDescription<RecordAbandonedCall>(
        "RecordAbandonedCall",
        of: .intake,
        Words("Record an abandoned call", zh: "登记放弃来电"),
        by: [.hotlineClerk, .system],
        Record<RecordAbandonedCall>(
            Field("call", \.call, .identifier(), Words("Call", zh: "来电")),
            Field("territory", \.territory, .identifier(), Words("Territory", zh: "区域")),
            Field("waitedSeconds", \.waited, .integer(0...86_400), Words("Seconds waited", zh: "等待秒数")),
            Field("phone", \.phone, Codec<PhoneNumber>.phoneNumber.optional, Words("Phone", zh: "电话")),
            Field("caller", \.caller, Codec<PersonID>.identifier().optional, Words("Caller", zh: "来电人")),
            make: RecordAbandonedCall.init
        )
    )

    package var stream: StreamName { AbandonedCall.stream(call) }

    package func decide(_ subject: AbandonedCall, in context: Context) throws(Rejection) -> [AbandonedCall.Event] {
        guard subject.territory == nil else {
            throw Rejection(
                rule: "S5",
                reason: "call-exists",
                Words("Call \(call) is recorded already.", zh: "来电 \(call) 已登记。")
            )
        }
        try context.requireTerritory(territory)
        try context.requireCovers(territory)
        let limit = phone == nil ? nil : context.limits.intake.callBack
        return [
            .callAbandoned(
                CallAbandoned(
                    call: call,
                    territory: territory,
                    waited: waited,
                    phone: phone,
                    caller: caller,
                    callBackBy: limit.map { context.now + $0 },
                    limit: limit
                )
            )
        ]
    }
}
