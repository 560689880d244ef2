/// Why training, prediction or a model file failed: what was wrong and what to do about it.
package struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Hashable, Sendable {
        case invalidSpecification, invalidConfiguration, wrongParameterCount, wrongImages, emptyTrainingSet
        case diverged, library, unreadableFile, unwritableFile, malformedModelFile, invalidScores
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
