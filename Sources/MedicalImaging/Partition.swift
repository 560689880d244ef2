/// Divides the training images over hospitals by patient; a patient is never in two hospitals.
///
/// Equal shares of shuffled patients, or, with `alpha`, for each label shares drawn from Dirichlet(alpha, …, alpha)
/// (Hsu, Qi and Brown 2019), a patient's label being that of its first image. Draws that leave a hospital with too
/// few patients are repeated, at most 500 times, then asking for one patient only.
///
/// - Returns: For each hospital the indices into `set.samples`, ascending.
/// - Throws: `ImagingError` naming a hospital without patients.
package func partition(
    _ set: ImageSet, hospitals: Int, heterogeneity alpha: Double?, seed: UInt64
) throws -> [[Int]] {
    guard hospitals >= 1, alpha.map({ $0 > 0 && $0.isFinite }) ?? true else {
        throw ImagingError(.invalidArgument, "A partition needs a hospital or more, and a heterogeneity above zero.")
    }
    var imagesOfPatient: [String: [Int]] = [:]
    for index in set.indices(of: .train) { imagesOfPatient[set.samples[index].patient, default: []].append(index) }
    let patients = imagesOfPatient.keys.sorted()
    guard patients.count >= hospitals else {
        throw ImagingError(
            .tooFewPatients,
            "hospital-\(patients.count + 1) has no patients: \(patients.count) training patients do not go round "
                + "\(hospitals) hospitals; take fewer hospitals or more data.")
    }
    let labels = patients.map { set.samples[imagesOfPatient[$0]?.first ?? 0].label }
    var generator = SeededGenerator(seed: seed, label: "partition over hospitals")
    let wanted = max(1, min(30, patients.count / (4 * hospitals)))
    var shares: [[Int]] = []
    for minimum in [wanted, 1] {
        for _ in 0..<500 {
            shares = draw(
                labels: labels, classes: set.classNames.count, hospitals: hospitals, alpha: alpha, using: &generator)
            if shares.allSatisfy({ $0.count >= minimum }) {
                return shares.map { $0.flatMap { imagesOfPatient[patients[$0]] ?? [] }.sorted() }
            }
        }
    }
    let empty = shares.firstIndex { $0.isEmpty } ?? 0
    throw ImagingError(
        .hospitalWithoutPatients,
        "hospital-\(empty + 1) has no patients in any of 1000 draws; raise the heterogeneity parameter or take fewer "
            + "hospitals.")
}

/// One draw: positions of patients for each hospital.
private func draw(
    labels: [Int], classes: Int, hospitals: Int, alpha: Double?, using generator: inout SeededGenerator
) -> [[Int]] {
    guard let alpha else {
        let bounds = (1...hospitals).map { Double($0) / Double(hospitals) }
        return cut(generator.shuffled(Array(labels.indices)), at: bounds)
    }
    var shares = [[Int]](repeating: [], count: hospitals)
    for label in 0..<classes {
        let members = generator.shuffled(labels.indices.filter { labels[$0] == label })
        var sum = 0.0
        let bounds = generator.dirichlet(alpha: alpha, count: hospitals).map { weight in
            sum += weight
            return sum
        }
        for (hospital, part) in cut(members, at: bounds).enumerated() { shares[hospital] += part }
    }
    return shares
}

/// Cuts a list at cumulative shares; the last share takes what rounding leaves.
private func cut(_ members: [Int], at bounds: [Double]) -> [[Int]] {
    var start = 0
    return bounds.enumerated().map { position, bound in
        let wanted = position == bounds.count - 1 ? members.count : Int((bound * Double(members.count)).rounded(.down))
        let end = max(start, min(members.count, wanted))
        defer { start = end }
        return Array(members[start..<end])
    }
}
