import Platform

/// Two texts around the place where they begin to differ, one below the other and cut to a width, with a caret below that
/// place.
///
/// Colors distinguish the two where there are any; what a terminal would act on or hide is spelled out.
public struct DivergenceExcerpt {
    /// One of the two texts.
    public struct Side {
        /// UTF-8.
        let text: [UInt8]
        /// How many bytes from the divergence on are marked; nil for one character.
        let markedSize: Int?

        /// A text, and how much of it is marked.
        public init(_ text: [UInt8], markedSize: Int?) {
            (self.text, self.markedSize) = (text, markedSize)
        }
    }

    /// A character as it is shown.
    private struct Cell {
        let text: String
        let width: Int
        /// The byte at which it begins, and the one after it.
        let start: Int
        let end: Int
    }

    /// Columns before each text: a label between blanks.
    private static let margin = 5
    /// Less would show nothing.
    private static let leastRoom = 20
    /// As many bytes are read for each column on either side of the divergence.
    private static let bytesPerColumn = 16

    private let a: Side
    private let b: Side
    private let offset: Int
    private let room: Int
    private let paint: Paint

    /// An excerpt.
    ///
    /// - Parameters:
    ///   - offset: the byte up to which both texts are the same.
    ///   - width: the columns of a line, at least 25.
    public init(_ a: Side, _ b: Side, at offset: Int, width: Int, color: ColorSupport) {
        (self.a, self.b, self.offset) = (a, b, offset)
        room = max(width - Self.margin, Self.leastRoom)
        paint = Paint(color)
    }

    /// Three lines without newlines: the first text, the second, the caret.
    public var lines: [String] {
        let (cellsA, cellsB) = (cells(of: a.text), cells(of: b.text))
        // A mark that follows the divergence changes the character before it.
        let split = min(Self.split(cellsA, at: offset), Self.split(cellsB, at: offset))
        let (restA, restB) = (cellsA[split...], cellsB[split...])
        let needed = max(Self.width(restA), Self.width(restB))
        let before = beginning(cellsA[..<split], in: max(room * 2 / 5, room - needed - 1))
        let rest = room - before.width
        return [
            Self.line("a", before.text + end(restA, of: a, in: rest, (.first, .firstMarked))),
            Self.line("b", before.text + end(restB, of: b, in: rest, (.second, .secondMarked))),
            String(repeating: " ", count: Self.margin + before.width) + "^",
        ]
    }

    private static func line(_ label: String, _ text: String) -> String {
        "  \(label)" + (text.isEmpty ? "" : "  \(text)")
    }

    /// What both have, its beginning replaced by an ellipsis where it is too long.
    private func beginning(_ cells: ArraySlice<Cell>, in room: Int) -> (text: String, width: Int) {
        let width = Self.width(cells)
        if readStart == 0, width <= room { return (cells.map(\.text).joined(), width) }
        var (start, used) = (cells.endIndex, 1)
        while start > cells.startIndex, used + cells[start - 1].width <= room {
            start -= 1
            used += cells[start].width
        }
        return ("\u{2026}" + cells[start...].map(\.text).joined(), used)
    }

    /// What one has from the divergence on, its end replaced by an ellipsis where it is too long.
    private func end(
        _ cells: ArraySlice<Cell>, of side: Side, in room: Int, _ style: (plain: Paint.Style, marked: Paint.Style)
    ) -> String {
        let isWhole = readEnd(of: side.text) == side.text.count && Self.width(cells) <= room
        let markedEnd = side.markedSize.map { offset + $0 }
        var (marked, plain, used) = ("", "", isWhole ? 0 : 1)
        for cell in cells {
            used += cell.width
            if used > room { break }
            if markedEnd.map({ cell.start < $0 }) ?? (cell.start == cells.first?.start) {
                marked += cell.text
            } else {
                plain += cell.text
            }
        }
        return paint.paint(marked, style.marked) + paint.paint(plain + (isWhole ? "" : "\u{2026}"), style.plain)
    }

    /// The characters of a text around the divergence.
    private func cells(of text: [UInt8]) -> [Cell] {
        var place = readStart
        return String(decoding: text[readStart..<readEnd(of: text)], as: UTF8.self).map { character in
            let shown = TokenText.spell(Array(character.utf8))
            let start = place
            place += character.utf8.count
            return Cell(text: shown, width: Columns.count(shown), start: start, end: place)
        }
    }

    private var readStart: Int { Self.boundary(max(0, offset - room * Self.bytesPerColumn), in: a.text) }

    private func readEnd(of text: [UInt8]) -> Int {
        Self.boundary(min(text.count, offset + room * Self.bytesPerColumn), in: text)
    }

    /// The beginning of the character that a byte is part of.
    private static func boundary(_ place: Int, in text: [UInt8]) -> Int {
        var place = place
        while place > 0, place < text.count, text[place] & 0xC0 == 0x80 { place -= 1 }
        return place
    }

    /// How many characters end before a byte, or at it.
    private static func split(_ cells: [Cell], at offset: Int) -> Int {
        cells.firstIndex { $0.end > offset } ?? cells.count
    }

    private static func width(_ cells: ArraySlice<Cell>) -> Int { cells.reduce(0) { $0 + $1.width } }
}
