import Records

/// Every word that pages show and that comes neither from the domain nor from the log, in both languages.
enum Strings {
    static let second = Words("s", zh: "秒")
    static let minute = Words("min", zh: "分")
    static let hour = Words("h", zh: "时")
    static let day = Words("d", zh: "天")

    /// The words of one language by name, as templates ask for them (`{{t.late}}`).
    static func table(_ language: Language) -> [String: String] {
        switch language {
        case .en: english
        case .zh: chinese
        }
    }

    private static let english = words.mapValues { $0.en }
    private static let chinese = words.mapValues { $0.zh }

    static func words(_ name: String) -> Words { words[name] ?? Words(name, zh: name) }

    static let words = houseWords.merging(queueWords) { first, _ in first }

    private static let houseWords: [String: Words] = [
        // The frame.
        "operations": Words("Operations", zh: "总览"),
        "whistles": Words("Whistles", zh: "吹哨"),
        "whistlesTitle": Words("Whistles by department", zh: "部门吹哨"),
        "desk": Words("My desk", zh: "我的工作台"),
        "boards": Words("Boards", zh: "看板"),
        "skip": Words("Skip to the list", zh: "跳到列表"),
        "log": Words("log", zh: "日志"),
        "live": Words("LIVE", zh: "实战"),
        "exercise": Words("EXERCISE", zh: "演练"),
        "history": Words("HISTORY", zh: "历史"),
        "liveState": Words("live", zh: "实时"),
        "notLive": Words("not live", zh: "非实时"),
        "exerciseBand": Words(
            "EXERCISE: nothing on this page is real, no agency is called",
            zh: "演练：本页内容均非真实，不会呼叫任何单位"
        ),
        "historyBand": Words("HISTORY: an import of the past, nothing is chased", zh: "历史：导入的过去数据，不催办"),
        "past": Words("PAST", zh: "过去"),
        "pastTime": Words("As of", zh: "截至"),
        "pastKnown": Words("as of {time}, as known then", zh: "截至 {time}，按当时所知"),
        "pastTrue": Words("as of {time}, by all that is known now", zh: "{time} 的实际情况，按目前所知"),
        "pastTrueKnown": Words("as of {time}, by what was known at {known}", zh: "{time} 的情况，按 {known} 所知"),
        "backToNow": Words("back to now", zh: "回到现在"),
        "stale": Words(
            "No contact with the server for {age}. This is the state of {time}; trying again.",
            zh: "与服务器失去联系 {age}。此为 {time} 的状态，正在重连。"
        ),
        "noContact": Words("no contact for {age}", zh: "失联 {age}"),
        "parked": Words("event(s) cannot be read and are missing here", zh: "个事件无法读取，未显示在此"),
        "theme": Words("dark / light", zh: "深 / 浅"),
        "otherLanguage": Words("中文", zh: "EN"),
        "signIn": Words("Sign in", zh: "登录"),
        "signOut": Words("Sign out", zh: "退出"),
        // Clocks.
        "late": Words("late", zh: "逾期"),
        "soon": Words("soon", zh: "将到期"),
        "paused": Words("paused", zh: "暂停"),
        "dueWithin": Words("due within {time}", zh: "{time}内到期"),
        "ruling": Words("wait for a ruling", zh: "待裁定"),
        "inTime": Words("in time", zh: "时限内"),
        "waitingOthers": Words("waiting for others", zh: "等待他方"),
        "orderNote": Words("new positions wait, press", zh: "处新次序待采用，按"),
        "orderIs": Words("order: who needs help soonest", zh: "排序：最急者在前"),
        "filter": Words("filter", zh: "筛选"),
        "openWork": Words("Open work", zh: "在办事项"),
        "leftOver": Words("left / over", zh: "剩余 / 超时"),
        "matterPlace": Words("matter, place", zh: "事项，地点"),
        "whoHolds": Words("who holds the clock", zh: "谁持有时钟"),
        "whyClock": Words("under which limit, since which event", zh: "依何时限，自何事件"),
        "stage": Words("stage", zh: "阶段"),
        "since": Words("since", zh: "自"),
        "noLimit": Words("no limit", zh: "不限时"),
        "pausedBy": Words("paused by", zh: "暂停"),
        "leads": Words("leads", zh: "牵头"),
        "what": Words("What", zh: "内容"),
        "moreBelow": Words("more below", zh: "项在下方"),
        "emptyTitle": Words("Nothing is open", zh: "没有在办事项"),
        "emptyText": Words(
            "New matters appear here by themselves. The connection is alive.",
            zh: "新事项会自动出现，连接正常。"
        ),
        "nobody": Words("nobody heads it", zh: "无人负责"),
        // Departments.
        "departments": Words("Departments", zh: "部门"),
        "departmentsNote": Words("each mark is one open clock, placed by its deadline", zh: "每个标记是一个时钟，按截止时刻排列"),
        "department": Words("department", zh: "部门"),
        "open": Words("open", zh: "在办"),
        "noShow": Words("no-show", zh: "未到"),
        "medianAccept": Words("accepts, min", zh: "受理中位 分"),
        "now": Words("now", zh: "现在"),
        "min": minute,
        "noneIn12h": Words("none in 12 h", zh: "12 时内无"),
        "justNow": Words("Just now", zh: "刚刚"),
        "feedEmpty": Words("Nothing has happened yet.", zh: "尚无事件。"),
        // Whistles.
        "due": Words("due", zh: "期限"),
        "nextStep": Words("next step", zh: "下一步"),
        "remark": Words("remark", zh: "备注"),
        "id": Words("id", zh: "编号"),
        "acceptsIn": Words("accepts in {time} (median, 12 h)", zh: "受理中位 {time}（12 时）"),
        "nothingOpen": Words("nothing open", zh: "无在办"),
        "disputes": Words("Disputes waiting for a ruling", zh: "待裁定的管辖争议"),
        "noDisputes": Words("No department disputes a whistle.", zh: "没有管辖争议。"),
        "says": Words("says", zh: "称"),
        "clockRuns": Words("The clock keeps running for {name}, which leads.", zh: "时钟继续由牵头的{name}持有。"),
        "clockStands": Words("The clock stands still until somebody rules.", zh: "裁定前时钟暂停。"),
        "arrivals": Words("Arrivals today", zh: "今日到场"),
        "arrivalsNote": Words("□ in time · ◪ late · ■ no-show", zh: "□ 按时 · ◪ 迟到 · ■ 未到"),
        "noArrivals": Words("No department was due today.", zh: "今日没有部门应到。"),
        "allInTime": Words("all in time", zh: "全部按时"),
        "halfFiled": Words("Half-filed", zh: "单方备案"),
        "halfFiledNote": Words("closing needs both sides (R3.5)", zh: "结案须双方备案（R3.5）"),
        "noHalfFiled": Words("No matter waits for a second filing.", zh: "没有待补备案的事项。"),
        "communitySide": Words("community side", zh: "社区方"),
        "departmentSide": Words("department side", zh: "部门方"),
        "missing": Words("missing", zh: "未到"),
        "rates": Words("Whistles per 1,000 households, 7 days", zh: "每千户吹哨数，7 天"),
        "ratesNote": Words("too few is a warning too", zh: "过少同样预警"),
        "noRates": Words("No community has its households counted.", zh: "尚无社区登记户数。"),
        "tooLow": Words("too low", zh: "过低"),
        "tooHigh": Words("too high", zh: "过高"),
        "notCounted": Words("households not counted", zh: "户数未登记"),
        "tooEarly": Words("too early to tell", zh: "数据不足一天"),
        "overDays": Words("over {days} days", zh: "按 {days} 天计"),
        // A matter.
        "matter": Words("Matter", zh: "事项"),
        "keyTime": Words("another time", zh: "查看其他时刻"),
        "asTrue": Words("as true", zh: "按发生"),
        "asKnown": Words("as known", zh: "按得知"),
        "asTrueNote": Words("in the order it happened", zh: "按实际发生排列"),
        "asKnownNote": Words("in the order we learned of it", zh: "按得知先后排列"),
        "timeOrder": Words("Order of time", zh: "时间顺序"),
        "events": Words("events", zh: "个事件"),
        "time": Words("time", zh: "时间"),
        "knownAt": Words("known only at", zh: "得知于"),
        "happenedAt": Words("happened", zh: "发生于"),
        "whyHolds": Words("Who holds the clock, and why", zh: "谁持有时钟，为何"),
        "nobodyHolds": Words("No clock runs", zh: "没有运行的时钟"),
        "nobodyHoldsText": Words("Nothing is awaited from anybody.", zh: "无需任何一方行动。"),
        "asLead": Words("as the lead", zh: "作为牵头方"),
        "limit": Words("limit", zh: "时限"),
        "by": Words("by", zh: "于"),
        "bothFilings": Words("Both filings", zh: "双方备案"),
        "notFiled": Words("not filed yet", zh: "尚未备案"),
        "nextLevel": Words("If nothing happens:", zh: "若无进展："),
        "toldAt": Words("is told", zh: "被告知"),
        "closingNeeds": Words("Closing needs both filings and the resident asked (R3.5)", zh: "结案须双方备案并征询居民（R3.5）"),
        "residents": Words("Residents", zh: "居民"),
        "emergency": Words("emergency", zh: "紧急"),
        // Desk.
        "deskTitle": Words("My open work", zh: "我的在办"),
        "next": Words("Next", zh: "接下来"),
        "nothingForYou": Words("Nothing waits for you", zh: "没有等您处理的事"),
        "nothingForYouText": Words(
            "What your party is called for appears here, the most urgent first.",
            zh: "需要本单位处理的事会显示在这里，最急者在前。"
        ),
        "whatYouMayDo": Words("What you may do", zh: "可办理事项"),
        "recent": Words("What you sent", zh: "已发送"),
        "recentNote": Words("since the server started", zh: "自服务启动以来"),
        "send": Words("Send", zh: "提交"),
        "back": Words("Back", zh: "返回"),
        "optional": Words("(optional)", zh: "（可不填）"),
        "yes": Words("Yes", zh: "是"),
        "no": Words("No", zh: "否"),
        "choose": Words("Choose", zh: "请选择"),
        "oneALine": Words("One a line.", zh: "每行一个。"),
        "problem": Words("Something must be put right", zh: "有内容需要更正"),
        "ruleSaysNo": Words("A rule says no", zh: "规则不允许"),
        "rule": Words("rule", zh: "规则"),
        "whatNext": Words("What you can do:", zh: "您可以："),
        "kept": Words("What you typed is kept below.", zh: "您填写的内容保留在下方。"),
        "accepted": Words("Recorded", zh: "已记录"),
        "acceptedAgain": Words("Was recorded before; nothing was added", zh: "此前已记录，未重复添加"),
        "nothingToDo": Words("Nothing was left to do", zh: "已无需处理"),
        "refused": Words("Refused", zh: "未被接受"),
        "lateBy": Words("{time} late", zh: "逾期 {time}"),
        "left": Words("{time} left", zh: "剩 {time}"),
        "actor": Words("for", zh: "代表"),
        // Sign-in and errors.
        "signInTitle": Words("Sign in", zh: "登录"),
        "signInText": Words(
            "Open the sign-in link you were given. Links are printed by muster up and made by muster token.",
            zh: "请打开您收到的登录链接。链接由 muster up 显示，或用 muster token 生成。"
        ),
        "signInField": Words("Or paste the link or its token here", zh: "或在此粘贴链接或令牌"),
        "signInAs": Words("You are about to sign in as", zh: "您将登录为"),
        "home": Words("To the operations board", zh: "前往总览"),
        "toSignIn": Words("To the sign-in page", zh: "前往登录"),
        "toDesk": Words("To my desk", zh: "前往我的工作台"),
        "requestNumber": Words("Request", zh: "请求编号"),
        // Keys.
        "keyMove": Words("move", zh: "移动"),
        "keyOpen": Words("open", zh: "打开"),
        "keyFilter": Words("filter", zh: "筛选"),
        "keyGo": Words("then a letter: other board", zh: "再按字母：换看板"),
        "keyOrder": Words("take new order", zh: "采用新次序"),
        "keyAll": Words("all keys", zh: "全部按键"),
        "keysTitle": Words("Keys", zh: "按键"),
        "keysOff": Words("Switch single keys off", zh: "关闭单键操作"),
        "keyGoOperations": Words("operations", zh: "总览"),
        "keyGoWhistles": Words("whistles", zh: "吹哨"),
        "keyGoDesk": Words("my desk", zh: "我的工作台"),
        "close": Words("Close", zh: "关闭"),
    ]
}
