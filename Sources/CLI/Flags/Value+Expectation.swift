import Evaluation
import Flags

extension Value where Parsed == Expectation {
    /// A subject, a comparison and a value, without spaces around the comparison.
    static var expectation: Value {
        let requirement = "a subject, a comparison and a value, such as finish=stop"
        return Value(ValueSyntax(.required, name: "SPEC", requirement: requirement)) { bytes throws(BadValue) in
            do throws(InvalidExpectation) {
                return try Expectation(parsing: bytes)
            } catch {
                throw BadValue(error.problem)
            }
        }
    }
}
