import Ethereum
import Testing

@Suite struct EthereumTests {
    private func bytes(_ hexadecimal: String) -> [UInt8] { EthereumVectors.bytes(hexadecimal) }

    @Test func keccakAgreesOverBlockBoundaries() throws {
        let vectors = try EthereumVectors.load()
        #expect(vectors.keccak.count == 10)
        for vector in vectors.keccak { #expect(Keccak256.hash(bytes(vector[0])) == bytes(vector[1])) }
    }

    /// The Keccak team's `ShortMsgKAT_256.txt`, Len = 0; and Ethereum's event of ERC-20 transfers.
    @Test func keccakHasItsPublishedValues() {
        #expect(
            Keccak256.hash([]) == bytes("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"))
        #expect(
            ABIValue.topic("Transfer(address,address,uint256)")
                == bytes("ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"))
        #expect(ABIValue.selector("transfer(address,uint256)") == bytes("a9059cbb"))
    }

    /// The example of EIP-155, to its last byte.
    @Test func theExampleOfEIP155IsMade() throws {
        let account = try #require(EthereumAccount(secret: Array(repeating: 0x46, count: 32)))
        let transaction = EthereumTransaction(
            chainIdentifier: 1, nonce: 9, fee: .legacy(gasPrice: 20_000_000_000), gasLimit: 21_000,
            recipient: EthereumAddress(bytes: Array(repeating: 0x35, count: 20)), value: 1_000_000_000_000_000_000,
            data: [])
        #expect(
            transaction.signingHash == bytes("daf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53"))
        let expected =
            "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc"
            + "2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1"
            + "966a3b6d83"
        #expect(transaction.signed(by: account) == bytes(expected))
    }

    @Test func signedTransactionsAreThoseOfAnotherImplementation() throws {
        for vector in try EthereumVectors.load().transactions {
            let account = try #require(EthereumAccount(secret: bytes(vector.secret)))
            #expect(account.address.bytes == bytes(vector.address))
            func signed(_ fee: EthereumTransaction.Fee) -> [UInt8] {
                EthereumTransaction(
                    chainIdentifier: vector.chain, nonce: vector.nonce, fee: fee, gasLimit: vector.gas,
                    recipient: vector.to.flatMap { EthereumAddress(bytes: bytes($0)) }, value: vector.value,
                    data: bytes(vector.data)
                ).signed(by: account)
            }
            #expect(signed(.legacy(gasPrice: vector.fee)) == bytes(vector.legacy))
            let dynamic = signed(.dynamic(maximumPerGas: 2 * vector.fee + 7, maximumPriorityPerGas: vector.fee))
            #expect(dynamic == bytes(vector.dynamic))
        }
    }

    @Test func callsAreEncodedAsAnotherImplementationDoes() throws {
        let vectors = try EthereumVectors.load()
        let call = ABIValue.encode([
            .integer(7), .integer(1_700_000_000_000), .integer(3), .bytes(Array(repeating: 1, count: 33)),
            .bytes(Array(repeating: 2, count: 64)), .bytes([]), .integer(1), .word(Array(repeating: 3, count: 32)),
        ])
        #expect(call == bytes(try #require(vectors.abi["append"])))
        let address = try #require(EthereumAddress(bytes: Array(repeating: 0x35, count: 20)))
        let other = try #require(EthereumAddress(bytes: Array(repeating: 0x11, count: 20)))
        let constructor = ABIValue.encode([
            .address(address), .addresses([address, other]), .fixedIntegers([1, 2, 3, 4, 5, 6, 7]), .integer(30_000),
        ])
        #expect(constructor == bytes(try #require(vectors.abi["constructor"])))
        let reader = ABIReader(call)
        #expect(reader.integer(1) == 1_700_000_000_000)
        #expect(reader.byteString(3) == Array(repeating: 1, count: 33))
        #expect(reader.byteString(5) == [])
    }

    @Test func prefixesOfEveryLengthAreWritten() throws {
        let item = RLPItem.list([
            .bytes([]), .bytes([0x7f]), .bytes([0x80]), .bytes(Array(repeating: 0x61, count: 55)),
            .bytes(Array(repeating: 0x61, count: 56)),
            .list([.bytes(Array(repeating: 0x78, count: 300)), .list([])]),
        ])
        #expect(item.encoded == bytes(try #require(try EthereumVectors.load().rlp["nested"])))
    }

    @Test func signaturesRecoverToTheirSigner() throws {
        let account = try #require(EthereumAccount(secret: Array(repeating: 7, count: 32)))
        let digest = Keccak256.hash([1, 2, 3])
        let signature = account.sign(digest)
        #expect(signature.signer(of: digest) == account.address)
        #expect(signature.signer(of: Keccak256.hash([1, 2])) != account.address)
        #expect(signature.bytes.count == 65)
    }

    /// The first contract of an account, from the Ethereum wiki's example of `CREATE`.
    @Test func contractsLieWhereTheirCreatorPutsThem() throws {
        let creator = try #require(EthereumAddress(bytes: bytes("6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0")))
        #expect(creator.contract(nonce: 0).bytes == bytes("cd234a471b72ba2f1ccf0a70fcaba648a5eecd8d"))
        #expect(creator.contract(nonce: 1).bytes == bytes("343c43a37d37dff08ae8c4a11544c718abb4fcf8"))
    }

    @Test func whatIsNoKeyOrAddressIsRefused() {
        #expect(EthereumAccount(secret: Array(repeating: 0, count: 32)) == nil)
        #expect(EthereumAccount(secret: Array(repeating: 0xff, count: 32)) == nil)
        #expect(EthereumAccount(secret: [1]) == nil)
        #expect(EthereumAddress(bytes: [1, 2]) == nil)
        #expect(ABIReader(ABIValue.word(.max)).byteString(0) == nil)
        #expect(ABIReader(Array(repeating: 0xff, count: 32)).integer(0) == nil)
    }
}
