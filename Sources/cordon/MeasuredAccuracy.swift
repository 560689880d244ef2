/// What training under privacy came to where it was measured: the only ground on which `privacy plan` names a model.
///
/// Paediatric chest radiographs at 64 pixels, five hospitals alike, δ = 1e-5. `scattering2`: means of `cordon simulate
/// --hospitals 5 --rounds 20 --seed S --privacy epsilon=E` over seeds 101 to 105; `scattering`: means of
/// `PrivacyBenchmark` over seeds 101 to 105, settings chosen for each ε. Other sizes were not measured.
struct MeasuredAccuracy: Encodable {
    let model: String
    /// Patients of each hospital.
    let patients: Int
    let hospitals: Int
    let epsilon: Double
    let accuracy: Double
    let areaUnderCurve: Double

    private init(
        _ model: String, patients: Int, hospitals: Int, epsilon: Double, _ accuracy: Double, _ areaUnderCurve: Double
    ) {
        self.model = model
        self.patients = patients
        self.hospitals = hospitals
        self.epsilon = epsilon
        self.accuracy = accuracy
        self.areaUnderCurve = areaUnderCurve
    }

    /// The best model where it was measured on as many patients and at an ε no larger: nil below all of them.
    static func best(patients: Int, epsilon: Double) -> MeasuredAccuracy? {
        let within = table.filter { $0.patients <= patients && $0.epsilon <= epsilon }
        guard let nearest = within.max(by: { ($0.patients, $0.epsilon) < ($1.patients, $1.epsilon) }) else {
            return nil
        }
        return within.filter { $0.patients == nearest.patients && $0.epsilon == nearest.epsilon }
            .max { $0.areaUnderCurve < $1.areaUnderCurve }
    }

    /// In a line: what it is, and where it was measured.
    var text: String {
        "model: \(model); measured \(accuracy) accuracy, AUC \(areaUnderCurve), at ε = \(epsilon) with \(hospitals) "
            + "hospitals of \(patients) patients"
    }

    static let table: [MeasuredAccuracy] = [
        MeasuredAccuracy("scattering2", patients: 437, hospitals: 5, epsilon: 8, 0.942, 0.983),
        MeasuredAccuracy("scattering2", patients: 437, hospitals: 5, epsilon: 3, 0.935, 0.979),
        MeasuredAccuracy("scattering2", patients: 437, hospitals: 5, epsilon: 1, 0.916, 0.970),
        MeasuredAccuracy("scattering", patients: 437, hospitals: 5, epsilon: 8, 0.937, 0.979),
        MeasuredAccuracy("scattering", patients: 437, hospitals: 5, epsilon: 3, 0.927, 0.975),
        MeasuredAccuracy("scattering", patients: 437, hospitals: 5, epsilon: 1, 0.913, 0.969),
    ]
}
