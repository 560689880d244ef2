import Foundation
import MedicalImaging

/// The inside of a worker: reads what it is asked from standard input, a socket, and answers there, until it ends.
package struct Worker {
    private let channel = MessageChannel(descriptor: STDIN_FILENO)
    /// Sent first: what comes before is the program's start, and no file's time.
    static let ready = "ready"

    private let abortsOn: String?
    private let hangsOn: String?

    /// - Parameters:
    ///   - abortsOn: End of the name of a file on which this process aborts, to try out what happens then.
    ///   - hangsOn: The same, hanging.
    package init(abortsOn: String? = nil, hangsOn: String? = nil) {
        self.abortsOn = abortsOn
        self.hangsOn = hangsOn
    }

    package func run() throws {
        do {
            let setup = try channel.receive(WorkerSetup.self).header
            let deidentifier = try setup.deidentification.map {
                try Deidentifier(keyFile: StoreKeyFile($0.keyPath), policy: $0.policy)
            }
            try setup.limitThisProcess()
            try channel.send(Worker.ready)
            while true {
                let request = try channel.receive(WorkerRequest.self).header
                if let abortsOn, request.path.hasSuffix(abortsOn) { abort() }
                while let hangsOn, request.path.hasSuffix(hangsOn) { sleep(1) }
                let (answer, body) = Self.answer(request, deidentifier)
                try channel.send(answer, body)
            }
        } catch MessageChannel.Failure.ended {
            // Whoever asked is done, or gone.
        }
    }

    private static func answer(_ request: WorkerRequest, _ deidentifier: Deidentifier?) -> (WorkerAnswer, [UInt8]) {
        var isHeldBack = false
        do {
            let bytes = try readFile(request.path, missing: .missingImage, what: "Image")
            switch request.task {
            case .explain(let frame):
                return (.explained(try ImageExplanation(bytes, file: request.name, frame: frame)), [])
            case .deidentify:
                guard let deidentifier else { throw Self.withoutPolicy }
                let output = try deidentifier.deidentify(bytes, file: request.name)
                return (.deidentified(output), output.bytes)
            case .sample(let size, let slice):
                let own = SamplePreparation.Request(bytes: bytes, file: request.name, size: size, slice: slice)
                guard let deidentifier, DicomFile.isDicom(bytes, file: request.name) else {
                    let prepared = try SamplePreparation.decoding.prepare(own)
                    return (.sample(patient: prepared.patient, output: nil), prepared.pixels)
                }
                isHeldBack = true
                let (prepared, output) = try deidentifier.sample(of: own)
                return (.sample(patient: prepared.patient, output: output), prepared.pixels)
            }
        } catch let error as ImagingError {
            return (.refused(error.code, message: error.message, isHeldBack: isHeldBack), [])
        } catch {
            let message = "\(request.name) cannot be read. Take it off the list."
            return (.refused(.corruptImage, message: message, isHeldBack: isHeldBack), [])
        }
    }

    private static var withoutPolicy: ImagingError {
        ImagingError(.invalidArgument, "The worker was told no policy.")
    }
}
