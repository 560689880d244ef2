/// One row a hospital.
struct HospitalSection {
    let summary: RunSummary

    var html: HTML {
        let hasPrivacy = summary.perHospital.contains { $0.epsilonSpent != nil }
        let hasAlone = summary.perHospital.contains { $0.alone != nil }
        var head = ["Hospital", "Patients", "Images"] + summary.dataSet.classNames
        head += ["Accepted", "Excluded", "Absent", "Accuracy", "AUC"]
        if hasAlone { head += ["Alone", "AUC alone"] }
        if hasPrivacy { head.append("ε spent") }
        head.append("Sent")
        let rows = summary.perHospital.map { row($0, hasPrivacy: hasPrivacy, hasAlone: hasAlone) }
        return ReportElements.section(
            "hospitals", "Hospital by hospital",
            """
            \(ReportElements.table("Hospitals", head: head, rows: rows))\
            <p class="note">Accuracy and AUC: the published model on the hospital's own validation patients. \
            \(hasAlone ? "Alone: the test split under a model trained on its own patients only. " : "")\
            Counts of patients are known to the simulator and to the hospital; they are not on the ledger.</p>

            """)
    }

    private func row(_ hospital: RunSummary.Hospital, hasPrivacy: Bool, hasAlone: Bool) -> [HTML] {
        let badge: HTML = hospital.isMalicious ? " <span class=\"badge\">attacker</span>" : .empty
        var cells: [HTML] = [
            "\(hospital.name)\(badge)", "\(Figures.count(hospital.patientCount))",
            "\(Figures.count(hospital.imagesPerClass.reduce(0, +)))",
        ]
        cells += hospital.imagesPerClass.map { "\(Figures.count($0))" }
        cells += [
            "\(hospital.roundsAccepted)", "\(hospital.roundsExcluded)", "\(hospital.roundsAbsent)",
            "\(Figures.percent(hospital.validation?.accuracy))", "\(Figures.decimal(hospital.validation?.auc))",
        ]
        if hasAlone {
            cells += ["\(Figures.percent(hospital.alone?.accuracy))", "\(Figures.decimal(hospital.alone?.auc))"]
        }
        if hasPrivacy { cells.append("\(Figures.decimal(hospital.epsilonSpent, digits: 2))") }
        cells.append("\(Figures.bytes(hospital.bytesSent))")
        return cells
    }
}
