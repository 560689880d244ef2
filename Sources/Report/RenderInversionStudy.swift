/// The page of an inversion study: each image, and what each view of the updates shows of it.
package func renderInversionStudy(_ study: InversionStudy) -> String {
    let header: HTML = """
        <header>
        <p class="kicker">Cordon · gradient inversion</p>
        <h1>What a curious server sees of a patient</h1>
        <p class="lead">\(study.dataSet), \(study.imageSize) pixels. The worst case: a hospital with a single image, \
        one step from the first model, an attacker that knows the model. \(study.steps) steps of search an image, from \
        the mean of other images.</p>
        \(study.isSynthetic ? "<p class=\"banner\"><strong>\(HeaderSection.syntheticBanner)</strong></p>" : .empty)
        </header>

        """
    return ReportElements.page(
        title: "Cordon: gradient inversion", header: header,
        sections: [figures(study)] + study.models.map { pictures(study, $0) },
        footer: "Made by Cordon \(study.cordonVersion).")
}

extension InversionStudy {
    /// A view in a few words.
    package func name(of view: View) -> String {
        switch view {
        case .unprotected: "update unprotected"
        case .sum: "encrypted: the sum of \(hospitals)"
        case .privately: "ε = \(Figures.compact(epsilon))"
        case .guess: "mean of other images"
        }
    }
}

private func figures(_ study: InversionStudy) -> HTML {
    let rows: [[HTML]] = study.models.flatMap { model in
        InversionStudy.View.allCases.map { view -> [HTML] in
            let means = study.means(model, view)
            return [
                "\(model)", "\(study.name(of: view))", "\(Figures.decimal(means.peakSignalToNoise, digits: 1)) dB",
                "\(Figures.decimal(means.structuralSimilarity))",
            ]
        }
    }
    return ReportElements.section(
        "figures", "How like the reconstruction is",
        """
        <p>Means over the images. A view is dangerous where it beats the mean of other images, which needs no update. \
        The encrypted system opens the sum of all hospitals' updates; what it shows of one is what the others leave of \
        it. An ε of patient-level privacy holds whatever is opened.</p>
        \(ReportElements.table(
            "Likeness by model and view", head: ["Model", "What is seen", "PSNR", "SSIM"], rows: rows))
        """)
}

private func pictures(_ study: InversionStudy, _ model: String) -> HTML {
    let attacks = study.attacks.filter { $0.model == model }
    let cards: [HTML] = attacks.flatMap { attack -> [HTML] in
        let truth: [HTML] =
            attack.view == .unprotected
            ? [card(attack.truthBase64, "image \(attack.image)", "the patient's image")] : []
        let likeness =
            "\(Figures.decimal(attack.peakSignalToNoise, digits: 1)) dB, SSIM "
            + Figures.decimal(attack.structuralSimilarity, digits: 2)
        return truth + [card(attack.pictureBase64, study.name(of: attack.view), likeness)]
    }
    return ReportElements.section(
        "pictures-\(model)", "Pictures: \(model)",
        ReportElements.figure(
            "Of each image: itself, then what each view shows, at the usual brightness and contrast.",
            "<ul class=\"examples\">\(cards)</ul>"))
}

private func card(_ png: String, _ name: String, _ note: String) -> HTML {
    """
    <li><img src="data:image/png;base64,\(png)" alt="\(name)" /><p><b>\(name)</b><br/><span>\(note)</span></p></li>

    """
}
