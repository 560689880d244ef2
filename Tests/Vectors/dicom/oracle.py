"""What pydicom makes of DICOM files: usage oracle.py FOLDER FILE...

Writes FOLDER/i.samples, the stored values of the first frame as little-endian 32-bit integers (or FOLDER/i.reals,
doubles, where they are floating-point numbers), and FOLDER/i.grey, those
values after modality and VOI transformation scaled to 0...65535 as doubles where the file states a window. One line a
file: i, "ok", "real" or "refused", 1 for a lossless transfer syntax, 1 where i.grey was written.
"""

import sys
import warnings

import numpy
import pydicom
from pydicom.pixels import apply_modality_lut, apply_windowing, pixel_array

LOSSY = {
    "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.4.91",
    "1.2.840.10008.1.2.4.203",
}


def grey(dataset, samples):
    """PS3.3 C.11.2 by pydicom, without its range; None where no window is stated or a table takes its place."""
    if "WindowCenter" not in dataset or "VOILUTSequence" in dataset or dataset.get("SamplesPerPixel", 1) != 1:
        return None
    if not dataset.PhotometricInterpretation.startswith("MONOCHROME") or "ModalityLUTSequence" in dataset:
        return None
    windowed = apply_windowing(apply_modality_lut(samples, dataset), dataset).astype(numpy.float64)
    bits = dataset.BitsStored
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if dataset.PixelRepresentation else (0, (1 << bits) - 1)
    slope, intercept = float(dataset.get("RescaleSlope", 1)), float(dataset.get("RescaleIntercept", 0))
    low, high = low * slope + intercept, high * slope + intercept
    scaled = (windowed - low) / (high - low)
    if dataset.PhotometricInterpretation == "MONOCHROME1":
        scaled = 1 - scaled
    return 65535 * scaled


def main():
    warnings.simplefilter("ignore")
    folder, files = sys.argv[1], sys.argv[2:]
    for index, file in enumerate(files):
        try:
            dataset = pydicom.dcmread(file, force=True)
            syntax = dataset.file_meta.get("TransferSyntaxUID", "") if hasattr(dataset, "file_meta") else ""
            native = not (syntax and syntax.is_encapsulated)
            samples = pixel_array(dataset, index=0, raw=native)
            if samples.dtype.kind == "f":
                samples.astype("<f8").tofile(f"{folder}/{index}.reals")
                print(index, "real", 1, 0)
                continue
            # 32 unsigned bits keep their pattern.
            samples.astype(numpy.int64).astype("<i4").tofile(f"{folder}/{index}.samples")
            greys = grey(dataset, samples)
            if greys is not None:
                greys.astype("<f8").tofile(f"{folder}/{index}.grey")
            print(index, "ok", int(syntax not in LOSSY), int(greys is not None))
        except Exception:
            print(index, "refused", 0, 0)


main()
