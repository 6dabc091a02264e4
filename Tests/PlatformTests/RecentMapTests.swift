import Platform
import Testing

@Suite("A map that has its last key at hand")
struct RecentMapTests {
    @Test("it holds what a dictionary would", arguments: [1, 2, 3])
    func likeDictionary(stride: Int) {
        var (map, dictionary) = (RecentMap<Int, String>(), [Int: String]())
        #expect(map.isEmpty && map[0] == nil)
        for step in 0..<60 {
            let key = step * stride % 7
            switch step % 5 {
            case 3:
                let (removed, expected) = (map.removeValue(forKey: key), dictionary.removeValue(forKey: key))
                #expect(removed == expected)
            case 4: (map[key], dictionary[key]) = (nil, nil)
            default: (map[key], dictionary[key]) = ("\(step)", "\(step)")
            }
            #expect(map.keys.sorted() == dictionary.keys.sorted() && map.values.sorted() == dictionary.values.sorted())
            #expect((0..<7).allSatisfy { map[$0] == dictionary[$0] } && map.isEmpty == dictionary.isEmpty)
        }
    }
}
