// Made by Tests/Vectors/ntt_vectors.py with seal-python 4.4.0 (Microsoft SEAL 4.4). Do not edit.
struct SEALTransformVector: Sendable {
    let degree: Int
    let modulus: UInt64
    let firstValues: [UInt64]
    let lastValues: [UInt64]
    /// Σ (i+1)·value_i modulo 2^64.
    let weightedSum: UInt64

    static let all: [SEALTransformVector] = [
        SEALTransformVector(
            degree: 4096, modulus: 140_737_488_273_409,
            firstValues: [54_003_539_588_924, 68_728_743_766_357, 38_184_232_130_738, 107_696_597_643_229],
            lastValues: [85_181_660_381_558, 89_669_868_527_002, 108_495_737_159_894, 66_052_743_984_903],
            weightedSum: 7_589_894_775_424_976_035),
        SEALTransformVector(
            degree: 8192, modulus: 140_737_488_044_033,
            firstValues: [133_894_839_550_715, 130_458_743_235_233, 42_656_668_305_088, 81_894_655_767_629],
            lastValues: [33_411_624_602_096, 54_544_492_749_682, 112_033_747_683_937, 25_780_926_176_494],
            weightedSum: 6_994_812_970_801_608_235),
        SEALTransformVector(
            degree: 8192, modulus: 140_737_488_125_953,
            firstValues: [124_758_674_619_167, 129_155_707_650_149, 132_302_683_856_897, 103_830_855_830_054],
            lastValues: [131_460_035_329_714, 105_254_512_354_643, 48_217_877_851_820, 47_802_108_763_485],
            weightedSum: 10_304_336_353_190_214_579),
        SEALTransformVector(
            degree: 8192, modulus: 140_737_488_273_409,
            firstValues: [122_673_000_457_786, 70_340_472_903_565, 119_023_964_412_209, 38_981_332_156_109],
            lastValues: [15_837_994_618_993, 121_758_311_845_890, 115_505_284_844_262, 24_221_453_687_090],
            weightedSum: 15_483_349_693_927_384_870),
    ]
}
