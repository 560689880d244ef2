"""Small DICOM files as inputs to mutate, one base64 line each: uncompressed, deflated, RLE and JPEG 2000."""

import base64
import io

import numpy
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, ExplicitVRLittleEndian, JPEG2000Lossless, RLELossless


def file(syntax):
    # The JPEG 2000 encoder takes nothing smaller.
    side = 32 if syntax == JPEG2000Lossless else 8
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = "1.2.840.10008.5.1.4.1.1.1"
    dataset.file_meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID = "1.2.3"
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.Modality, dataset.PatientID, dataset.PatientOrientation = "CR", "1", ["R", "F"]
    dataset.Rows = dataset.Columns = side
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME1"
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 16, 12, 11, 0
    dataset.WindowCenter, dataset.WindowWidth, dataset.RescaleSlope, dataset.RescaleIntercept = 2048, 4096, 1, 0
    item = Dataset()
    item.LUTDescriptor, item.LUTData = [2, 0, 8], b"\x00\x00\xff\x00"
    item["LUTDescriptor"].VR, item["LUTData"].VR = "US", "OW"
    dataset.VOILUTSequence = [item]
    dataset.PixelData = (numpy.arange(side * side) * 64 % 4096).astype("<u2").tobytes()
    dataset["PixelData"].VR = "OW"
    if syntax == DeflatedExplicitVRLittleEndian:
        dataset.file_meta.TransferSyntaxUID = syntax
    elif syntax != ExplicitVRLittleEndian:
        dataset.compress(syntax, generate_instance_uid=False)
    target = io.BytesIO()
    pydicom.dcmwrite(target, dataset, enforce_file_format=True)
    return target.getvalue()


for syntax in (ExplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, RLELossless, JPEG2000Lossless):
    print(base64.b64encode(file(syntax)).decode())
