import Records

extension Strings {
    /// The words of the queue's page.
    static let queueWords: [String: Words] = [
        "queue": Words("Queue", zh: "队列"),
        "queueTitle": Words("Task queue", zh: "任务队列"),
        "queueLink": Words("What waits for which agency, and what was given up.", zh: "各单位等待的任务，以及已放弃的任务。"),
        "keyGoQueue": Words("task queue", zh: "任务队列"),
        "queueSkip": Words("Skip to the agencies", zh: "跳到单位列表"),
        // Head.
        "queueLateSum": Words("waited over {time}", zh: "个单位等待满 {time}"),
        "queueWaitingSum": Words("waiting", zh: "等待"),
        "queueLeasedSum": Words("with workers", zh: "在办"),
        "queueLaterSum": Words("for later", zh: "稍后"),
        "queueDoneSum": Words("done within the hour", zh: "一小时内办结"),
        "queuePausedSum": Words("paused", zh: "已暂停"),
        "queueDeadSum": Words("given up", zh: "已放弃"),
        "queueLeader": Words("handed out by {process}, as of {time}", zh: "由 {process} 派发，截至 {time}"),
        "queueSilent": Words(
            "Nobody hands tasks out: no process with the role “worker” answers. What waits is not known.",
            zh: "无人派发任务：没有 worker 进程应答，等待情况未知。"
        ),
        // Rows.
        "queueAgencies": Words("Agencies", zh: "单位"),
        "queueOldest": Words("longest wait", zh: "最久等待"),
        "queueAgency": Words("agency, kinds of task", zh: "单位，任务类别"),
        "queueWorkers": Words("with workers", zh: "在办"),
        "queueWaiting": Words("waiting", zh: "等待"),
        "queueDone": Words("done in the hour", zh: "一小时办结"),
        "queueRetried": Words("again", zh: "重试"),
        "queueBuried": Words("given up", zh: "放弃"),
        "queueLimit": Words("limit", zh: "限额"),
        "queueActions": Words("Actions", zh: "操作"),
        "queue-late": Words("too long", zh: "过久"),
        "queue-soon": Words("long", zh: "较久"),
        "queue-paused": Words("paused", zh: "暂停"),
        "queueNoneWaits": Words("none waits", zh: "无等待"),
        "queueUnknown": Words("not known", zh: "未知"),
        "queueLater": Words("later", zh: "稍后"),
        "queueOf": Words("of", zh: "/"),
        "queueDeadHere": Words("given up", zh: "已放弃"),
        "queueNoLimit": Words("no limit", zh: "不限"),
        "queueShared": Words("as all", zh: "同全体"),
        "queueAtATime": Words("{count} at a time", zh: "同时 {count} 件"),
        "queueRate": Words("{tasks} in {seconds} s", zh: "每 {seconds} 秒 {tasks} 件"),
        "queueRateBurst": Words("{tasks} in {seconds} s, {burst} at once", zh: "每 {seconds} 秒 {tasks} 件，可同时 {burst} 件"),
        "queueEmptyTitle": Words("Nothing waits", zh: "没有等待的任务"),
        "queueEmptyText": Words(
            "An agency appears here with the first task for it.",
            zh: "单位有第一个任务时会出现在这里。"
        ),
        // Pausing.
        "queuePause": Words("Pause", zh: "暂停"),
        "queueResume": Words("Resume", zh: "恢复"),
        "queuePauseOf": Words("Pause {name}", zh: "暂停{name}"),
        "queueResumeOf": Words("Resume {name}", zh: "恢复{name}"),
        "queuePauseText": Words(
            "{name} is handed nothing more until somebody resumes it. What it has may be ended; what comes waits.",
            zh: "在恢复之前，不再向{name}派发任务。已领取的可以办完，新到的排队等待。"
        ),
        "queueResumeText": Words(
            "{name} is handed tasks again, by priority and age, within its limits.",
            zh: "重新向{name}派发任务，按优先级与等待时间，并遵守限额。"
        ),
        // Limits.
        "queueLimitsOf": Words("Limits: {name}", zh: "限额：{name}"),
        "queueLimitsNote": Words("over all processes; an empty field sets no bound", zh: "跨全部进程；留空即不限"),
        "queueAllAgencies": Words("every agency without its own", zh: "没有单独限额的各单位"),
        "queueToAll": Words("those of all", zh: "全体限额"),
        "queueAllKinds": Words("All kinds together", zh: "全部类别合计"),
        "queueOnlyKind": Words("Only: {kind}", zh: "仅限：{kind}"),
        "queueAsAll": Words("None of its own, so that of all holds: {limit}.", zh: "没有单独限额，适用全体：{limit}。"),
        "queueHeld": Words("paused", zh: "已暂停"),
        "queueInput-concurrency": Words("At a time", zh: "同时在办"),
        "queueInput-tasks": Words("Start", zh: "开始"),
        "queueInput-seconds": Words("in seconds", zh: "每（秒）"),
        "queueInput-burst": Words("at once", zh: "可同时"),
        "queueSet": Words("Set", zh: "设定"),
        // Dead letters.
        "queueDead": Words("Given up (dead letters)", zh: "已放弃的任务"),
        "queueDeadOf": Words("Given up (dead letters): {name}", zh: "已放弃的任务：{name}"),
        "queueDeadNote": Words("nobody tries these again unless you send them", zh: "不会自动重试，须由人重新派发"),
        "queueNoDead": Words("No task was given up.", zh: "没有已放弃的任务。"),
        "queueNoMoreDead": Words("There are no more on this page.", zh: "本页没有更多。"),
        "queueShowAll": Words("show all", zh: "显示全部"),
        "queueMore": Words("more", zh: "更多"),
        "queueFirst": Words("from the beginning", zh: "回到开头"),
        "queueAttempts": Words("after {count} attempts", zh: "已尝试 {count} 次"),
        "queueChoose": Words("Choose task {number}", zh: "选择任务 {number}"),
        "queueOpen": Words("Open task {number}", zh: "打开任务 {number}"),
        "queueTask": Words("Task", zh: "任务"),
        "queueAbout": Words("about", zh: "关于"),
        "queueResendChosen": Words("Send the chosen again", zh: "重新派发所选"),
        "queueResend": Words("Send again", zh: "重新派发"),
        "queueResendOne": Words(
            "It becomes a new task, due at once and with all its attempts.",
            zh: "将生成新任务，立即派发，尝试次数重新计算。"
        ),
        "queueResendText": Words(
            "Each becomes a new task, due at once and with all its attempts.",
            zh: "每项将生成新任务，立即派发，尝试次数重新计算。"
        ),
        "queuePayload": Words("What it holds (JSON); what you change is sent", zh: "内容（JSON），修改后将按修改派发"),
        "queueEnqueued": Words("enqueued", zh: "入队"),
        "queueDied": Words("given up", zh: "放弃于"),
        "queuePriority": Words("priority", zh: "优先级"),
        "queueKey": Words("key", zh: "唯一键"),
        // Webhooks.
        "queueDeliveries": Words("Webhooks", zh: "回调"),
        "queueDeliveriesOf": Words("Webhooks: {name}", zh: "回调：{name}"),
        "queueDeliveriesNote": Words("the last ones sent to parties' own systems", zh: "最近向单位系统推送的任务"),
        "queueNoWebhooks": Words(
            "No party is called by webhook: tasks are fetched, or shown on desks.",
            zh: "没有以回调方式接收的单位：任务由单位领取，或显示在工作台。"
        ),
        "queueNoDeliveries": Words("Nothing was sent yet.", zh: "尚未推送。"),
        "queueNoFailed": Words("Everything arrived.", zh: "全部送达。"),
        "queueAllDeliveries": Words("all", zh: "全部"),
        "queueOnlyFailed": Words("only what did not arrive", zh: "仅未送达"),
        "queueNotDelivered": Words("Did not arrive ({count})", zh: "未送达（{count}）"),
        "queueDelivered": Words("Arrived ({count})", zh: "已送达（{count}）"),
        "queue-delivered": Words("arrived", zh: "送达"),
        "queue-failed": Words("failed, tried again", zh: "失败，将重试"),
        "queue-returned": Words("waits until the party answers", zh: "待单位恢复后重试"),
        "queue-buried": Words("given up", zh: "放弃"),
        "queue-unrecorded": Words("outcome lost, sent again", zh: "结果未记录，将重发"),
        "queueTaskNumber": Words("task {number}", zh: "任务 {number}"),
        "queueAttempt": Words("attempt {count}", zh: "第 {count} 次"),
        "queueStatus": Words("status {status}", zh: "状态码 {status}"),
        "queueNoAnswer": Words("no answer", zh: "无应答"),
        "queueMilliseconds": Words("ms", zh: "毫秒"),
        "queueNotCalledSum": Words("not called for now", zh: "个单位暂停回调"),
        "queueNotCalled": Words("not called for now", zh: "暂停回调"),
        "queueNotCalledSince": Words("has not been called since {time};", zh: "自 {time} 起暂停回调；"),
        "queueProbeAt": Words("one task is tried at {time}.", zh: "{time} 试发一项。"),
        "queueProbeNext": Words("one task is tried next.", zh: "即将试发一项。"),
        // Schedules.
        "queueSchedules": Words("Schedules", zh: "定时任务"),
        "queueNext": Words("next", zh: "下次"),
        "queueNever": Words("never", zh: "不再"),
        "queueNoSchedules": Words(
            "Nothing is scheduled. On the command line: muster queue schedule.",
            zh: "没有定时任务。可用命令行 muster queue schedule 设定。"
        ),
        // What was done.
        "queueWasPaused": Words("{name} is paused: what comes for it waits.", zh: "{name}已暂停，新任务排队等待。"),
        "queueWasResumed": Words("{name} is handed tasks again.", zh: "{name}已恢复派发。"),
        "queueWasBounded": Words("The limit of {name} is now: {limit}.", zh: "{name}的限额现为：{limit}。"),
        "queueWasResent": Words("{count} sent again; the first is task {first}.", zh: "已重新派发 {count} 项，首项为任务 {first}。"),
        "queueWasResentPartly": Words(
            "{count} of {asked} sent again; the others were no dead letters any more. The first is task {first}.",
            zh: "{asked} 项中已重新派发 {count} 项，其余已不在列；首项为任务 {first}。"
        ),
    ]
}
