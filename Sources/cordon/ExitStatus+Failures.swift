import DifferentialPrivacy
import HomomorphicEncryption
import MedicalImaging
import ModelTraining
import SQLiteStorage
import Simulation

extension ExitStatus {
    /// How the program ends for a failure of one of the modules below, and what it says; nil for any other failure.
    static func of(_ failure: any Error) -> (status: ExitStatus, message: String)? {
        switch failure {
        case let failure as SimulationError: (ExitStatus(failure.code), failure.message)
        case let failure as ImagingError: (ExitStatus(failure.code), failure.message)
        case let failure as TrainingError: (ExitStatus(failure.code), failure.message)
        case let failure as EncryptionError: (ExitStatus(failure.code), failure.message)
        case let failure as PrivacyError: (ExitStatus(failure.code), failure.message)
        case let failure as StorageError: (ExitStatus(failure.code), failure.message)
        default: nil
        }
    }

    private init(_ code: SimulationError.Code) {
        switch code {
        case .usage: self = .usage
        case .badData: self = .badData
        case .missingInput: self = .missingInput
        case .cannotCreateOutput: self = .cannotCreateOutput
        case .inputOutput: self = .inputOutput
        case .internalFailure: self = .internalFailure
        }
    }

    private init(_ code: ImagingError.Code) {
        switch code {
        case .missingPath, .missingImage, .unreadableFile, .download: self = .missingInput
        case .invalidArgument: self = .usage
        case .unknownFormat, .corruptImage, .imageTooLarge, .corruptArchive, .emptyManifest, .missingColumn,
            .malformedRow, .unreadableLabel, .singleClass, .emptyClass, .emptySplit, .patientOnTwoSides,
            .tooFewPatients, .hospitalWithoutPatients:
            self = .badData
        }
    }

    private init(_ code: TrainingError.Code) {
        switch code {
        case .invalidSpecification, .invalidConfiguration: self = .usage
        case .emptyTrainingSet, .wrongImages, .diverged, .malformedModelFile, .invalidScores: self = .badData
        case .unreadableFile: self = .missingInput
        case .unwritableFile: self = .inputOutput
        case .wrongParameterCount, .library: self = .internalFailure
        }
    }

    private init(_ code: EncryptionError.Code) {
        switch code {
        case .unsupportedSize, .roundingTooCoarse, .sketchTooRevealing: self = .usage
        case .malformedCiphertext: self = .internalFailure
        }
    }

    private init(_ code: PrivacyError.Code) {
        switch code {
        case .unreachableTarget, .overBudget: self = .usage
        case .invalidParameter, .unsupportedEvent: self = .internalFailure
        }
    }

    private init(_ code: StorageError.Code) {
        switch code {
        case .notFound, .cannotRead: self = .missingInput
        case .corrupt: self = .checkFailed
        case .cannotOpen, .cannotWrite, .diskFull, .sealed: self = .inputOutput
        }
    }
}
