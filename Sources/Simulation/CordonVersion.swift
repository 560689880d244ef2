/// The version of this program, as it stands in the change log.
package enum CordonVersion {
    package static let current = "0.1.0"
}
