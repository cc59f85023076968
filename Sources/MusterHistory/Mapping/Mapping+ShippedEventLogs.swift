// The text of files in schemas/mappings, so that the binary needs no files beside it. A test holds the two together.

extension Mapping {
    /// Mappings of event logs that come with Muster, by name.
    static let shippedEventLogTexts: [(name: String, yaml: String)] = [
        ("xes", xes),
        ("road-traffic-fines", roadTrafficFines),
        ("ocel-purchases", ocelPurchases),
        ("ocel-recruiting", ocelRecruiting),
    ]

    private static let xes = #"""
        # Any event log in XES (IEEE 1849), plain or packed with gzip, whose traces and events have names and whose
        # events have times, as nearly all do. One event is one step of its trace.
        name: xes
        version: 1
        title: {en: Event log, zh: 事件日志}
        rows: {en: events, zh: 事件}
        cases: {en: cases, zh: 案件}

        format:
          type: xes

        time:
          zone: UTC
          formats:
            - "yyyy-MM-dd'T'HH:mm:ss.SXXX"
            - "yyyy-MM-dd'T'HH:mm:ssXXX"
            - "yyyy-MM-dd'T'HH:mm:ss.S"
            - "yyyy-MM-dd'T'HH:mm:ss"

        case: "case:concept:name"
        key: ["case:concept:name", "@index"]

        activity: "concept:name"
        at: "time:timestamp"

        attributes:
          lifecycle: {column: "lifecycle:transition", type: choice, en: transition, zh: 状态变化}
          resource: {column: "org:resource", en: resource, zh: 人员}
          agency: {column: "org:group", type: choice, en: agency, zh: 部门}
          role: {column: "org:role", type: choice, en: role, zh: 角色}

        agency: agency
        resource: resource

        report:
          counts: [lifecycle, agency]
          case-size: true

        """#

    private static let roadTrafficFines = #"""
        # Road traffic fines of an Italian municipality (4TU, doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5),
        # XES. One event is one step of a fine. A fine that is never paid goes to credit collection.
        name: road-traffic-fines
        version: 1
        title: {en: Road traffic fines, zh: 交通罚单}
        rows: {en: events, zh: 事件}
        cases: {en: fines, zh: 罚单}

        format:
          type: xes

        case: "case:concept:name"
        key: ["case:concept:name", "@index"]

        activity: "concept:name"
        at: "time:timestamp"

        attributes:
          lifecycle: {column: "lifecycle:transition", type: choice, en: transition, zh: 状态变化}
          resource: {column: "org:resource", en: officer, zh: 经办人}
          amount: {column: amount, en: amount, zh: 罚款金额}
          expense: {column: expense, en: expense, zh: 费用}
          payment: {column: paymentAmount, en: payment, zh: 缴款}
          paid: {column: totalPaymentAmount, en: paid so far, zh: 累计缴款}
          article: {column: article, type: integer, en: article, zh: 条款}
          points: {column: points, type: integer, en: points, zh: 扣分}
          vehicle: {column: vehicleClass, type: choice, en: vehicle class, zh: 车辆类别}
          dismissal: {column: dismissal, type: choice, en: dismissal, zh: 撤销}
          notification: {column: notificationType, type: choice, en: notification, zh: 通知方式}

        resource: resource

        report:
          counts: [vehicle, dismissal, notification]
          case-size: true

        """#

    private static let ocelPurchases = #"""
        # The example of the OCEL 2.0 standard (ocel-standard.org), purchases with orders, invoices and payments, in
        # JSON, XML or SQLite. One row is one event of a purchase order; events of other objects alone are no steps of
        # one. The JSON says times with their offset, the other two in local time.
        name: ocel-purchases
        version: 2
        title: {en: Purchases, zh: 采购}
        rows: {en: events, zh: 事件}
        cases: {en: purchase orders, zh: 采购订单}

        format:
          type: ocel
          case-type: Purchase Order

        time:
          zone: Europe/Berlin
          formats:
            - "yyyy-MM-dd'T'HH:mm:ssXXX"
            - "yyyy-MM-dd'T'HH:mm:ss.SXXX"
            - "yyyy-MM-dd'T'HH:mm:ss"
            - "yyyy-MM-dd HH:mm:ss"

        case: "case:concept:name"
        key: ["ocel:eid", "case:concept:name"]

        activity: "concept:name"
        at: "time:timestamp"

        attributes:
          creator: {column: po_creator, en: creator, zh: 创建人}
          editor: {column: po_editor, en: editor, zh: 修改人}
          inserter: {column: invoice_inserter, en: clerk of the invoice, zh: 发票录入人}
          product: {column: "case:po_product", en: product, zh: 产品}
          quantity: {column: "case:po_quantity", type: integer, en: quantity, zh: 数量}
          part: {column: "ocel:qualifier", en: part of the order, zh: 关系}
          objects: {column: "ocel:objects", en: objects, zh: 相关对象}
          invoices: {column: "ocel:type:Invoice", en: invoices, zh: 发票}

        resource: creator
        personal: [creator, editor, inserter]

        report:
          case-size: true

        """#

    private static let ocelRecruiting = #"""
        # A recruiting process in OCEL 1.0 (JSON), which is read like version 2.0. One row is one event of an
        # application.
        name: ocel-recruiting
        version: 1
        title: {en: Applications, zh: 求职申请}
        rows: {en: events, zh: 事件}
        cases: {en: applications, zh: 申请}

        format:
          type: ocel
          case-type: applications

        case: "case:concept:name"
        key: ["ocel:eid", "case:concept:name"]

        activity: "concept:name"
        at: "time:timestamp"

        attributes:
          objects: {column: "ocel:objects", en: objects, zh: 相关对象}
          offers: {column: "ocel:type:offers", en: offers, zh: 录用通知}

        report:
          case-size: true

        """#
}
