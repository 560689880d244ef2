/// Words that may stay in descriptions: what was imaged, how, and on which side. Whatever is not among them goes, names
/// that are also words with it, as far as the list can be kept free of them.
enum SafeDescriptors {
    /// The safe words of a text in their order, parted by spaces; empty where there is none.
    static func cleaned(_ text: String) -> String {
        var words: [String] = []
        for part in text.split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber)) }) {
            let word = part.lowercased()
            if vocabulary.contains(word) || isMeasure(word) { words.append(String(part)) }
        }
        return words.joined(separator: " ")
    }

    /// `5mm`, `120kv`: up to three digits and a unit.
    private static func isMeasure(_ word: String) -> Bool {
        let digits = word.prefix { $0.isNumber }
        return (1...3).contains(digits.count) && units.contains(String(word.dropFirst(digits.count)))
    }

    private static let units: Set<String> = [
        "mm", "cm", "kv", "kvp", "ma", "mas", "ms", "t", "d", "phase", "view", "views",
    ]

    private static let vocabulary: Set<String> = Set(
        """
        2d 3d 4d abdomen abdominal acetabulum acute adc adrenal airway anatomy aneurysm angio angiogram
        angiography angulated ankle anterior aorta aortic ap apical appendix arch arm arterial artery
        articular axial axillary axis baseline bilateral biopsy bladder blood body bolus bone bones bowel
        brachial brain breast breath bronchi bronchial bypass calcaneus calcium cardiac caudal cavity
        cerebral cervical chest cine clavicle coccyx colon colonography combined comparison complete cone
        contrast control cor coronal coronary correction cr cranial cranium cross ct cta ctdi cube decubitus
        delayed density detail diagnostic diaphragm diastolic diffusion digital distal dixon dorsal dose
        dual duct duplex dwi dx dynamic ear early echo elbow emergency enhanced enhancement epi epigastric
        erect esophagus ethmoid eval exam examination expiration extension extremities extremity eye face
        facial fast fat femoral femur fetal fgre fibula field filter finger fingers first flair flash
        flexion fluid fluoro fluoroscopy follow followup foot forearm fracture frontal fse full functional
        fusion gallbladder gastric gastrointestinal ge gradient gre guidance hand hands head heart heel hemi
        hepatic hip hips humerus iliac image images imaging infant injection inner inspiration inter
        intracranial inversion invert ir iv jaw joint joints kidney kidneys knee knees kub landmark lao
        large larynx late lateral left leg legs limited liver localiser localizer loop lower lumbar lung
        lungs lymph mammo mammogram mammography mandible map mapping mastoid maxilla medial mediastinum
        mediolateral mg mid mip mlo mode motion mpr mprage mr mra mri multi muscle myocardial nasal native
        neck needle nerve node nodes non noncontrast nose oblique occipital optic oral orbit orbits os pa
        palate pancreas panoramic parasternal parathyroid parenchyma patella pd pediatric pelvic pelvis
        perfusion peripheral pet petrous phalanx phantom pharynx phase pituitary plain plane plantar pleura
        pneumonia portable portal post posterior pre preliminary prone prostate protocol proton proximal
        pulmonary pulse quadrant quick radial radius rao recon reconstruction reformat rendering resolution
        rest rib ribs right rotation routine run sacral sacrum sag sagittal scan scanogram scapula scout
        screening se second selective sella sequence series shoulder shoulders side single sinus sinuses
        skull slice slices soft spin spine spiral spleen standard standing sternum stir stomach stress study
        subtraction superior supine survey swi swimmers systolic t1 t1w t2 t2w table tail talus temporal
        tendon test thigh thin third thoracic thorax throat thumb thyroid tibia time tissue toe toes tof
        tomography tomosynthesis trachea tracheal trans transverse trauma tse ulna ultrasound unilateral
        upper upright ureter urinary us uterus valve vascular vein veins venous ventral ventricle
        ventricular vertebra vertebrae vessel vessels view views vocal volume weight weighted whole wide
        window with without wo wrist wrists xr xray zygoma
        """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
}
