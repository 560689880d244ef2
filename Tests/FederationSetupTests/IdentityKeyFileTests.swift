import FederationSetup
import Foundation
import Ledger
import RingArithmetic
import SQLiteStorage
import Testing

@Suite("An identity's file")
struct IdentityKeyFileTests {
    @Test func isMadeOnceAndForItsOwnerOnly() throws {
        let folder = try TestFolder()
        var generator = SystemRandomNumberGenerator()
        let file = IdentityKeyFile("\(folder.path)/identity.key")
        try file.makeNew(using: &generator)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let seed = try folder.bytes("identity.key")
        #expect(seed.count == 32 && Set(seed).count > 8)
        let error = #expect(throws: StorageError.self) { try file.makeNew(using: &generator) }
        #expect(error?.code == .exists)
        #expect(try folder.bytes("identity.key") == seed)
        #expect(try file.identity(named: "a").publicKey == file.identity(named: "b").publicKey)
    }

    @Test(arguments: [0o640, 0o604, 0o660])
    func isRefusedWhereOthersCanReadIt(mode: Int) throws {
        let folder = try TestFolder()
        var generator = SystemRandomNumberGenerator()
        let file = IdentityKeyFile("\(folder.path)/identity.key")
        try file.makeNew(using: &generator)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        let error = #expect(throws: SetupError.self) { try file.identity(named: "a") }
        #expect(error?.code == .exposedKey && error?.message.contains("chmod 600") == true)
    }

    @Test func isRefusedWhenItIsNoKeyOrMissing() throws {
        let folder = try TestFolder()
        let file = IdentityKeyFile("\(folder.path)/identity.key")
        #expect(#expect(throws: SetupError.self) { try file.identity(named: "a") }?.code == .missing)
        try folder.write("identity.key", [UInt8](repeating: 1, count: 31))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        #expect(#expect(throws: SetupError.self) { try file.identity(named: "a") }?.code == .malformed)
    }
}
