/// Writes styled text to a terminal so that its lines break between words, though nothing is held back: a word that crosses
/// the edge as it grows is erased where it began and written anew on the next line. What it keeps is the word being written.
struct LineWrapper {
    /// On a narrower terminal the text is left to the terminal.
    private static let narrowest = 20
    /// Of a word of more bytes no more is written anew.
    private static let longestWord = 4096

    private let paint: Paint
    /// Words end before this column, the terminal's last, on which the cursor would not be where it was counted; nil for no
    /// limit.
    private let edge: Int?
    private var column = 0
    /// What is written of the word, and how many columns it takes.
    private var word: [(text: String, style: Paint.Style)] = []
    private var wordWidth = 0
    /// How many bytes it takes.
    private var wordSize = 0

    /// - Parameter width: the terminal's columns; nil where lines are not to be broken.
    init(_ paint: Paint, width: Int?) {
        self.paint = paint
        edge = width.flatMap { $0 < Self.narrowest ? nil : $0 - 1 }
    }

    /// The bytes that show the runs after what was written before.
    mutating func write(_ runs: [StyledRun]) -> String {
        var output = ""
        for run in runs {
            switch run {
            case .newline:
                output += "\n"
                beginLine()
            case .text(let text, let style):
                if let edge {
                    write(text, style, before: edge, to: &output)
                } else {
                    output += paint.paint(text, style)
                }
            }
        }
        return output
    }

    /// Takes note that something else has begun a line.
    mutating func beginLine() {
        column = 0
        endWord()
    }

    private mutating func endWord() {
        word = []
        (wordWidth, wordSize) = (0, 0)
    }

    private mutating func write(_ text: String, _ style: Paint.Style, before edge: Int, to output: inout String) {
        // What of the text is not yet in the output, and how much of its end belongs to the word.
        var (pending, pendingOfWord) = ("", "")
        for character in text {
            let width = Columns.width(of: character)
            if character == " " {
                // One space may stand in the last column; the cursor then stays there until more comes.
                if column > edge { breakLine(&pending, &pendingOfWord, style, to: &output) }
                endWord()
                pendingOfWord = ""
            } else {
                // Where no spaces are written between words, lines break between characters.
                if width > 1 {
                    endWord()
                    pendingOfWord = ""
                }
                if column + width > edge {
                    if wordWidth > 0, wordWidth < column, wordWidth + width <= edge {
                        moveWord(&pending, pendingOfWord, style, to: &output)
                    } else {
                        breakLine(&pending, &pendingOfWord, style, to: &output)
                    }
                }
                pendingOfWord.append(character)
                wordWidth += width
            }
            pending.append(character)
            column += width
        }
        output += paint.paint(pending, style)
        guard !pendingOfWord.isEmpty else { return }
        word.append((pendingOfWord, style))
        wordSize += pendingOfWord.utf8.count
        // Of characters that take no column there can be any number.
        if wordSize > Self.longestWord { endWord() }
    }

    /// Ends the line where it is.
    private mutating func breakLine(
        _ pending: inout String, _ pendingOfWord: inout String, _ style: Paint.Style, to output: inout String
    ) {
        output += paint.paint(pending, style) + "\n"
        (pending, pendingOfWord) = ("", "")
        beginLine()
    }

    /// Ends the line before the word, and begins the next with what there is of it.
    private mutating func moveWord(
        _ pending: inout String, _ pendingOfWord: String, _ style: Paint.Style, to output: inout String
    ) {
        output += paint.paint(String(pending.dropLast(pendingOfWord.count)), style)
        let written = wordWidth - Columns.count(pendingOfWord)
        if written > 0 { output += "\u{1B}[\(written)D\u{1B}[K" }
        output += "\n" + word.map { paint.paint($0.text, $0.style) }.joined()
        pending = pendingOfWord
        column = wordWidth
    }
}
