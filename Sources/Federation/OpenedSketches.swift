import HomomorphicEncryption
package import PoisoningDefence

/// Opened sketches of one round and the dealers that fell out before.
package struct OpenedSketches: Sendable {
    package let sketches: [MemberSketch]
    package let exclusions: [Exclusion]

    /// The verdict: integer contract rules first, then the agreement's rules; a pure function everybody recomputes.
    func judged(under agreement: Agreement, contestCount: Int) -> Judgement {
        let verdict = judge(
            sketches, geometry: agreement.sketchGeometry, policy: agreement.defence, alreadyExcluded: exclusions)
        return Judgement(sketches: sketches, verdict: verdict, contestCount: contestCount)
    }
}

extension Agreement {
    package var sketchGeometry: SketchGeometry {
        SketchGeometry(
            coordinates: encryption.sketchCoordinates, families: encryption.sketchFamilies, fields: encryption.fields,
            normBound: encryption.normBound, errorVariance: type(of: encryption).errorVariance,
            coefficients: encryption.blocks * encryption.ringDegree)
    }
}
