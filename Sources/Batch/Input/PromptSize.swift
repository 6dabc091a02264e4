/// How large prompts are, counted so that their tokens can be estimated: sums over any number of them.
public struct PromptSize: Equatable, Sendable {
    /// How many prompts.
    public private(set) var promptCount = 0
    /// Tokens that were given as IDs.
    public private(set) var tokenCount = 0
    /// Bytes of text.
    public private(set) var byteCount = 0
    /// Words of ASCII letters at the beginning of a text or line.
    private(set) var firstWordCount = 0
    /// Words of ASCII letters after a space.
    private(set) var spacedWordCount = 0
    /// Words of ASCII letters after anything else, as most of program code are.
    private(set) var otherWordCount = 0
    /// ASCII letters beyond the fifth of their word.
    private(set) var lateLetterCount = 0
    /// Digits, punctuation and control characters, runs of line breaks, and runs of two spaces or more.
    private(set) var signCount = 0
    /// Bytes of characters that are not ASCII.
    private(set) var wideByteCount = 0

    /// No prompts.
    public init() {}

    /// One prompt of text.
    public init(text: [UInt8]) {
        add(text: text)
    }

    /// One prompt of token IDs.
    public init(tokenCount: Int) {
        add(tokens: tokenCount)
    }

    /// Adds prompts that were counted already.
    public mutating func add(_ other: PromptSize) {
        promptCount += other.promptCount
        tokenCount += other.tokenCount
        byteCount += other.byteCount
        firstWordCount += other.firstWordCount
        spacedWordCount += other.spacedWordCount
        otherWordCount += other.otherWordCount
        lateLetterCount += other.lateLetterCount
        signCount += other.signCount
        wideByteCount += other.wideByteCount
    }

    /// Adds a prompt of token IDs.
    mutating func add(tokens count: Int) {
        promptCount += 1
        tokenCount += count
    }

    /// Adds a prompt of text.
    mutating func add(text: [UInt8]) {
        promptCount += 1
        byteCount += text.count
        text.withUnsafeBufferPointer { count($0) }
    }

    /// Counts without a branch, which text would make unpredictable, and in registers.
    private mutating func count(_ text: UnsafeBufferPointer<UInt8>) {
        var (words, firstWords, spacedWords) = (0, 0, 0)
        var (lateLetters, signs, wideBytes) = (0, 0, 0)
        var (letters, spaces) = (0, 0)
        var last = UInt8(ascii: "\n")
        for byte in text {
            let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26 ? 1 : 0
            let isSpace = byte == UInt8(ascii: " ") ? 1 : 0
            let isWide = Int(byte >> 7)
            letters = (letters &+ 1) &* isLetter
            spaces = (spaces &+ 1) &* isSpace
            let isWord = letters == 1 ? 1 : 0
            words &+= isWord
            firstWords &+= isWord & (last == UInt8(ascii: "\n") ? 1 : 0)
            spacedWords &+= isWord & (last == UInt8(ascii: " ") ? 1 : 0)
            lateLetters &+= letters > 5 ? 1 : 0
            wideBytes &+= isWide
            let isAgain = byte == UInt8(ascii: "\n") && last == byte ? 1 : 0
            signs &+= (1 &- (isLetter | isSpace | isWide | isAgain)) &+ (spaces == 2 ? 1 : 0)
            last = byte
        }
        firstWordCount += firstWords
        spacedWordCount += spacedWords
        otherWordCount += words - firstWords - spacedWords
        lateLetterCount += lateLetters
        signCount += signs
        wideByteCount += wideBytes
    }
}
