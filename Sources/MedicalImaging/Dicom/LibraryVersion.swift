internal import CDicom

/// The version of DCMTK that this program was built against.
package func dcmtkVersion() -> String { String(cString: cordon_dicom_library_version()) }
