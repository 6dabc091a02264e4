import Flags
import Platform
import Testing

@testable import Sandbox

@Suite("Fault specs")
struct FaultTests {
    /// The responses' statuses to so many requests.
    private func statuses(_ specs: [String], requests: Int) throws -> [Int?] {
        let plan = FaultPlan(try specs.map { try Fault(Array($0.utf8)) })
        return (0..<requests).map { _ in plan.next().status }
    }

    @Test("A fault holds for every request, or for the first ones only")
    func counts() throws {
        #expect(try statuses(["status=503"], requests: 3) == [503, 503, 503])
        #expect(try statuses(["status=503:2"], requests: 4) == [503, 503, nil, nil])
    }

    @Test("Of two faults of one kind the later wins while it holds")
    func order() throws {
        #expect(try statuses(["status=500", "status=429:1"], requests: 2) == [429, 500])
    }

    @Test("Every kind is read from its name alone or with a value, with and without a count")
    func everyKind() throws {
        let values = [
            "status": "503", "retry-after": "1", "redirect": "http://127.0.0.1/", "cut-after": "3", "error-after": "3",
            "stall-after": "3", "slow": "1ms", "echo": "ignored",
        ]
        for kind in FaultKind.all {
            let value = values[kind.name].map { "=\($0)" } ?? ""
            #expect(kind.takesValue == !value.isEmpty, "\(kind.name)")
            #expect(try Fault(Array((kind.name + value).utf8)).count == nil)
            #expect(try Fault(Array((kind.name + value + ":7").utf8)).count == 7)
        }
    }

    @Test(
        "A URL's port is no count; a number after its path is one",
        arguments: [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", nil), ("http://h:80/a", "http://h:80/a", nil),
            ("http://h:80/a:2", "http://h:80/a", 2), ("/a:2", "/a", 2),
        ])
    func ports(value: String, target: String, count: Int?) throws {
        let fault = try Fault(Array("redirect=\(value)".utf8))
        #expect(fault.count == count)
        #expect(FaultPlan([fault]).next().target == target)
    }

    @Test("A date has colons of its own")
    func date() throws {
        let date = "Fri, 31 Dec 1999 23:59:59 GMT"
        #expect(FaultPlan([try Fault(Array("retry-after=\(date):2".utf8))]).next().retryAfter == date)
    }

    @Test(
        "A wrong spec is reported in one clause that says what would be right",
        arguments: [
            ("status", "status needs a value, as in status=CODE"),
            ("status:2", "status needs a value, as in status=CODE"),
            ("status=", "status: '' is not a whole number"),
            ("status=99", "status: '99' is not in 200..599"),
            ("status=503:x", "status: '503:x' is not a whole number"),
            ("cut-after=-1", "cut-after: '-1' is less than 0"),
            ("slow=soon", "slow: 'soon' is not a time such as 30s, 1.5m or 500ms"),
            ("html=3", "html takes no value"), ("html:0", "html: '0' is not a count of requests from 1 on"),
            ("html:", "html: '' is not a count of requests from 1 on"),
            ("redirect=a\nb", #"redirect: 'a\nb' is not printable ASCII text"#),
        ] as [(String, Message)])
    func wrong(spec: String, problem: Message) {
        #expect(throws: BadValue(problem)) { try Fault(Array(spec.utf8)) }
    }

    @Test("An unknown fault is answered with the names of all")
    func unknown() {
        let names = FaultKind.all.map(\.name).joined(separator: ", ")
        #expect(throws: BadValue("'stauts' is not one of \(own: names)")) { try Fault(Array("stauts=503".utf8)) }
        #expect(throws: BadValue("'' is not one of \(own: names)")) { try Fault([]) }
    }

    @Test("What breaks a body off first is what happens")
    func breakOff() throws {
        let plan = FaultPlan(try ["cut-after=5", "error-after=3", "stall-after=4"].map { try Fault(Array($0.utf8)) })
        let breakOff = try #require(plan.next().breakOff)
        #expect(breakOff.rest == .error && breakOff.chunks == 3)
    }
}
