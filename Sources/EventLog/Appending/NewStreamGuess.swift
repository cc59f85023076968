/// Whether a lane takes streams that it knows nothing of for new ones, so that it need not ask about each batch.
///
/// An import into an empty log brings new rows of new cases, thousands in a row, while one that is repeated brings what the
/// log has. The answers to earlier batches tell which it is. A wrong guess is never harmful: the keys of the schema refuse
/// the batch, and it is asked about. But it costs what sending the batch costs.
struct NewStreamGuess {
    /// Answers about fewer appends tell nothing.
    private static let tellingCount = 64
    private static let mostAnswers = 64

    /// How many answers in a row found nothing.
    private var answers = 0
    /// How many of them it takes: more after each wrong guess.
    private var wanted = 1

    /// Whether to guess.
    var isOn: Bool { answers >= wanted }

    /// Notes what asking about so many appends has found.
    mutating func learn(asked count: Int, foundAny: Bool) {
        if foundAny { answers = 0 } else if count >= Self.tellingCount { answers = min(answers + 1, Self.mostAnswers) }
    }

    /// A batch was written as guessed.
    mutating func wasRight() { wanted = max(1, wanted - 1) }

    /// A batch was refused.
    mutating func wasWrong() {
        answers = 0
        wanted = min(wanted * 2, Self.mostAnswers)
    }
}
