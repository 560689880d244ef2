import Ethereum
package import Ledger

/// Why a contract reverted.
package enum RevertReason: Hashable, Sendable, CustomStringConvertible {
    /// A rule that the embedded contract has too.
    case refusal(RefusalCode)
    /// A rule that only a chain has.
    case chainRule(ChainRule)
    /// Solidity's `Error(string)`.
    case text(String)
    /// Solidity's `Panic(uint256)`.
    case panic(UInt64)
    /// No data, or data that mean nothing here: out of gas, or a foreign contract.
    case unknown

    private static let refused = ABIValue.selector("Refused(uint256)")
    private static let error = ABIValue.selector("Error(string)")
    private static let panicked = ABIValue.selector("Panic(uint256)")

    package init(_ data: [UInt8]) {
        let (selector, arguments) = (Array(data.prefix(4)), ABIReader(Array(data.dropFirst(4))))
        switch selector {
        case Self.refused:
            let number = arguments.integer(0)
            if let code = number.flatMap(RefusalCode.init(number:)) {
                self = .refusal(code)
            } else if let rule = number.flatMap(ChainRule.init) {
                self = .chainRule(rule)
            } else {
                self = .unknown
            }
        case Self.error:
            self = arguments.byteString(0).map { .text(String(decoding: $0, as: UTF8.self)) } ?? .unknown
        case Self.panicked: self = arguments.integer(0).map { .panic($0) } ?? .unknown
        default: self = .unknown
        }
    }

    /// The reason in the result of a call that succeeded as far as the node says: older nodes answer a revert so. Nil
    /// for a result that is none, as results of whole words always are.
    package init?(inResult data: [UInt8]) {
        guard data.count >= 4, data.count % 32 == 4,
            [Self.refused, Self.error, Self.panicked].contains(Array(data.prefix(4)))
        else { return nil }
        self.init(data)
    }

    package var description: String {
        switch self {
        case .refusal(let code): code.rawValue
        case .chainRule(let rule): "\(rule)"
        case .text(let text): "\"\(text)\""
        case .panic(let code): "panic \(code)"
        case .unknown: "no reason given, as when gas runs out"
        }
    }
}

/// Rules of the contract on a chain that the embedded one has no use for.
package enum ChainRule: UInt64, Hashable, Sendable, CaseIterable {
    /// The entry's instant is further from the block's than the contract was deployed to tolerate.
    case clockDisagrees = 1000
    case notTheSequencer = 1001
    /// The contract was deployed with another number of accounts than the federation has parties.
    case accountsDisagree = 1002
    case malformedApprovals = 1003
}

extension RefusalCode {
    /// The code's number on a chain: its place in `allCases`, so new codes go to the end.
    package var number: UInt64 { UInt64(RefusalCode.allCases.firstIndex(of: self) ?? 0) }

    package init?(number: UInt64) {
        guard number < UInt64(RefusalCode.allCases.count) else { return nil }
        self = RefusalCode.allCases[Int(number)]
    }
}
