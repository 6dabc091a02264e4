import API
import Client
import Flags
import Platform

extension Failure {
    /// What was requested of a server.
    enum Subject {
        /// A completion by the model of this name.
        case completion([UInt8]?)
        /// The list of models, at this URL.
        case models(url: String)
        /// One model by its ID, at this URL.
        case model([UInt8], url: String)
    }

    /// What to do about it, with the nearest names when it is that there is no such model.
    ///
    /// - Parameters:
    ///   - subject: what was requested, since each command has flags and arguments of its own.
    ///   - connection: with which credentials.
    ///   - hasKey: whether a key was sent.
    func hint(
        on subject: Subject, by connection: ConnectionOptions, hasKey: Bool, _ context: ProcessContext
    ) -> Message? {
        let hint = explanation.hint
        guard let apiError else { return hint }
        if case .request(.intercepted) = self { return hint }
        switch apiError.status {
        case 401 where connection.hasOwnAuthorization:
            return "check the Authorization header in --header or --header-file"
        case 403 where connection.hasOwnAuthorization:
            return "the credentials may lack permission for this model or endpoint"
        case 401 where !hasKey, 403 where !hasKey:
            return "no API key was sent; set CEREBRAS_API_KEY or use --api-key-file"
        case 404: break
        default: return hint
        }
        switch subject {
        case .completion(let model?) where apiError.isUnknownModel, .model(let model, _) where apiError.isUnknownModel:
            return Self.nearest(to: model, context)
        case .completion:
            return "requested \(plain: connection.baseURL.completions); check --model and --base-url"
        case .models(let url): return "requested \(plain: url); check --base-url"
        case .model(_, let url):
            return "requested \(plain: url); check the ID and --base-url; cerebras models lists those available"
        }
    }

    private static func nearest(to model: [UInt8], _ context: ProcessContext) -> Message {
        let known = ModelCache.read(context).filter { !$0.utf8.elementsEqual(model) }
        let names = Suggestion.nearest(3, to: String(decoding: model, as: UTF8.self), among: known)
        let list: Message = "cerebras models lists those available"
        return names.isEmpty ? list : "did you mean \(names.map { "\(plain: $0)" }.joined(separator: " or "))? \(list)"
    }
}

extension APIError {
    /// Whether the server says that it has no such model.
    fileprivate var isUnknownModel: Bool { status == 404 && (code == "model_not_found" || param == "model") }
}
