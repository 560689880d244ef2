import RingArithmetic
import Testing

@Suite struct PrimeSearchTests {
    @Test func smallPrimesAreFound() {
        let sieved = (0..<2000).filter { value in value > 1 && !(2..<max(value, 3)).contains { $0 < value && value % $0 == 0 } }
        #expect((0..<2000).filter { PrimeSearch.isPrime(UInt64($0)) } == sieved)
    }
}
