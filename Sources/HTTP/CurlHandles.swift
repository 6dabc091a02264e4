import CCurl

/// A libcurl easy handle, freed when it goes away.
struct EasyHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer

    /// A fresh handle.
    init() throws(TransportError) {
        guard let raw = ccurl_easy_init() else { throw .local("libcurl gave no handle") }
        self.raw = raw
    }

    deinit { ccurl_easy_cleanup(raw) }
}

/// A libcurl multi handle, freed when it goes away; its easy handles must have been removed by then.
struct MultiHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer

    /// A fresh handle.
    init() throws(TransportError) {
        guard let raw = ccurl_multi_init() else { throw .local("libcurl gave no multi handle") }
        self.raw = raw
    }

    deinit { ccurl_multi_cleanup(raw) }
}

/// A libcurl list of header lines, freed when it goes away.
struct HeaderLines: ~Copyable {
    let raw: UnsafeMutablePointer<curl_slist>?

    /// Copies the lines.
    init(_ lines: [String]) throws(TransportError) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = ccurl_slist_append(list, line) else {
                ccurl_slist_free_all(list)
                throw .local("out of memory")
            }
            list = longer
        }
        raw = list
    }

    deinit { ccurl_slist_free_all(raw) }
}
