import DICOMweb
import Dashboard
import DifferentialPrivacy
import EthereumLedger
import Federation
import FederationSetup
import HomomorphicEncryption
import Ledger
import MedicalImaging
import ModelTraining
import RingArithmetic
import SQLiteStorage
import Simulation

/// A module's error, with the exit code that tells a caller who has to act.
struct Failure {
    let status: ExitStatus
    let message: String

    /// Nil for an error of no module of this package.
    init?(_ error: any Error) {
        switch error {
        case let error as SimulationError: (status, message) = (Self.status(of: error.code), error.message)
        case let error as CommandFailure: (status, message) = (error.status, error.message)
        case let error as ImagingError: (status, message) = (Self.status(of: error.code), error.message)
        case let error as DICOMwebError: (status, message) = (Self.status(of: error.code), error.message)
        case let error as StorageError: (status, message) = (Self.status(of: error.code), error.message)
        case let error as SetupError: (status, message) = (Self.status(of: error.code), error.message)
        case let error as TrainingError: (status, message) = (Self.status(of: error.code), error.message)
        case let error as EncryptionError:
            let isMalformed = error.code == .malformedCiphertext
            (status, message) = (isMalformed ? .badData : .usage, error.message)
        case let error as KernelError: (status, message) = (.usage, error.message)
        case let error as PrivacyError:
            (status, message) = (error.code == .unsupportedEvent ? .internalFailure : .usage, error.message)
        case let error as FederationError:
            (status, message) = (error.code == .agreement ? .usage : .internalFailure, error.message)
        case let error as LedgerError: (status, message) = (.badData, error.message)
        case let error as ChainError: (status, message) = (Self.status(of: error.code), error.message)
        case let error as DashboardError: (status, message) = (Self.status(of: error.code), error.message)
        default: return nil
        }
    }

    private static func status(of code: SimulationError.Code) -> ExitStatus {
        switch code {
        case .usage: .usage
        case .badData: .badData
        case .missingInput: .missingInput
        case .cannotCreateOutput: .cannotCreateOutput
        case .inputOutput: .inputOutput
        case .internalFailure: .internalFailure
        }
    }

    private static func status(of code: ImagingError.Code) -> ExitStatus {
        switch code {
        case .missingPath, .missingImage, .download: .missingInput
        case .unreadableFile: .missingInput
        case .invalidArgument, .missingKey: .usage
        case .unwritableFile, .storeBusy: .inputOutput
        default: .badData
        }
    }

    private static func status(of code: DICOMwebError.Code) -> ExitStatus {
        switch code {
        case .address, .credentials, .refused: .usage
        case .missingProgram, .notFound, .unreachable: .missingInput
        case .serverFailure: .inputOutput
        case .notDICOMweb, .tooLarge, .wrongInstance: .badData
        }
    }

    private static func status(of code: ChainError.Code) -> ExitStatus {
        switch code {
        case .unreachable, .nodeError, .notFinal: .inputOutput
        case .wrongChain, .noFunds: .usage
        case .refused, .divergence: .checkFailed
        }
    }

    private static func status(of code: DashboardError.Code) -> ExitStatus {
        switch code {
        case .refused: .usage
        case .unreadable: .missingInput
        case .malformed: .badData
        case .cannotServe: .inputOutput
        }
    }

    private static func status(of code: StorageError.Code) -> ExitStatus {
        switch code {
        case .notFound, .cannotRead: .missingInput
        case .cannotOpen, .cannotWrite, .diskFull: .inputOutput
        case .corrupt: .checkFailed
        case .sealed, .exists: .cannotCreateOutput
        }
    }

    private static func status(of code: SetupError.Code) -> ExitStatus {
        switch code {
        case .usage: .usage
        case .configuration, .malformed, .exposedKey: .badData
        case .missing: .missingInput
        case .refused: .checkFailed
        case .unreachable: .inputOutput
        }
    }

    private static func status(of code: TrainingError.Code) -> ExitStatus {
        switch code {
        case .invalidSpecification, .invalidConfiguration: .usage
        case .wrongImages, .emptyTrainingSet, .malformedModelFile, .invalidScores, .wrongParameterCount: .badData
        case .unreadableFile: .missingInput
        case .unwritableFile: .inputOutput
        case .diverged, .library: .internalFailure
        }
    }
}
