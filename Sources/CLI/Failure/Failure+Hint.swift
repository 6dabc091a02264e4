import API
import Client
import Flags
import Platform

extension Failure {
    /// What a server was asked for.
    enum Subject {
        /// A completion by the model of this name.
        case completion([UInt8]?)
        /// The list of models.
        case models
        /// One model by its ID.
        case model([UInt8])
    }

    /// What to do about it, with the nearest names when it is that there is no such model.
    ///
    /// - Parameters:
    ///   - subject: what was asked for, since each command has flags and arguments of its own.
    ///   - connection: with which credentials.
    func hint(on subject: Subject, by connection: ConnectionOptions, _ context: ProcessContext) -> Message? {
        let hint = explanation.hint
        guard let apiError else { return hint }
        if case .request(.intercepted) = self { return hint }
        switch apiError.status {
        case 401 where connection.hasOwnAuthorization:
            return "check the Authorization header in --header or --header-file"
        case 403 where connection.hasOwnAuthorization:
            return "the credentials may lack permission for this model or endpoint"
        case 404: break
        default: return hint
        }
        switch subject {
        case .completion(let model?) where apiError.isUnknownModel, .model(let model) where apiError.isUnknownModel:
            return Self.nearest(to: model, context)
        case .completion: return hint
        case .models: return "check --base-url"
        case .model: return "check the ID and --base-url; cerebras models lists what there is"
        }
    }

    private static func nearest(to model: [UInt8], _ context: ProcessContext) -> Message {
        let known = ModelCache.read(context).filter { !$0.utf8.elementsEqual(model) }
        let names = Suggestion.nearest(3, to: String(decoding: model, as: UTF8.self), among: known)
        let list: Message = "cerebras models lists what there is"
        return names.isEmpty ? list : "did you mean \(names.map { "\(plain: $0)" }.joined(separator: " or "))? \(list)"
    }
}

extension APIError {
    /// Whether the server says that it has no such model.
    fileprivate var isUnknownModel: Bool { status == 404 && (code == "model_not_found" || param == "model") }
}
