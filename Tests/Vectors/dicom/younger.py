"""Small files in encodings that DCMTK 3.6.7 does not know: `python3 younger.py > younger.txt` (pydicom 3, numpy, and
ojph_compress of Debian's openjph-tools). One line a file: name, base64.

htj2k-N: 32 x 32 of 12 in 16 bits, pixel i is 64 i mod 4096. deflated: 8 x 8, the same, two frames, the second 64 higher.
deflated-bits and rle-bits: 9 x 7 bits, two frames, pixel i of frame f is (i + f) mod 3 == 0. float, double: 8 x 8, pixel i
is 0.5 i - 3, the last not a number and the one before -1000, the padding value."""

import base64
import io
import os
import subprocess
import tempfile
import zlib

import numpy
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate


def dataset(rows, columns, allocated, stored, frames=1):
    own = Dataset()
    own.file_meta = FileMetaDataset()
    own.file_meta.MediaStorageSOPClassUID = own.SOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    own.file_meta.MediaStorageSOPInstanceUID = own.SOPInstanceUID = "1.2.3"
    own.Modality, own.PatientID = "OT", "1"
    own.Rows, own.Columns, own.SamplesPerPixel, own.PhotometricInterpretation = rows, columns, 1, "MONOCHROME2"
    own.BitsAllocated = allocated
    if stored:
        own.BitsStored, own.HighBit, own.PixelRepresentation = stored, stored - 1, 0
    if frames > 1:
        own.NumberOfFrames = frames
    return own


def written(name, own, syntax):
    # pydicom writes no encoding that it does not know: the name is put in afterwards, in as many bytes.
    stand_in = b"1.2.840.10008.1.2.4.90"
    own.file_meta.TransferSyntaxUID = stand_in.decode() if syntax.endswith(".8.1") else syntax
    target = io.BytesIO()
    pydicom.dcmwrite(target, own, enforce_file_format=True)
    content = target.getvalue()
    if syntax.endswith(".8.1"):
        content = content.replace(stand_in, syntax.encode().ljust(len(stand_in), b"\0"), 1)
    print(name, base64.b64encode(content).decode())


def packed(own, frames):
    own.PixelData = encapsulate(frames)
    own["PixelData"].VR, own["PixelData"].is_undefined_length = "OB", True
    return own


def deflated(content):
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(content) + engine.flush()


def htj2k(order):
    values = (numpy.arange(32 * 32) * 64 % 4096).astype(">u2")
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/a.pgm", "wb") as file:
            file.write(b"P5\n32 32\n4095\n" + values.tobytes())
        subprocess.run(
            ["ojph_compress", "-i", f"{folder}/a.pgm", "-o", f"{folder}/a.j2c", "-reversible", "true", "-num_decomps",
             "2", "-prog_order", order], check=True, stdout=subprocess.DEVNULL)
        with open(f"{folder}/a.j2c", "rb") as file:
            return file.read()


def bits():
    rows = [numpy.array([(i + f) % 3 == 0 for i in range(63)], dtype="u1") for f in range(2)]
    return [numpy.packbits(row, bitorder="little").tobytes() for row in rows]


def rle(content):
    header = (1).to_bytes(4, "little") + (64).to_bytes(4, "little") + bytes(56)
    # A literal run, then the last byte as a run of one: both kinds of PackBits.
    return header + bytes([len(content) - 2]) + content[:-1] + bytes([0]) + content[-1:]


written("htj2k-201", packed(dataset(32, 32, 16, 12), [htj2k("LRCP")]), "1.2.840.10008.1.2.4.201")
written("htj2k-202", packed(dataset(32, 32, 16, 12), [htj2k("RPCL")]), "1.2.840.10008.1.2.4.202")
frames = [((numpy.arange(64) * 64 + 64 * f) % 4096).astype("<u2").tobytes() for f in range(2)]
written("deflated", packed(dataset(8, 8, 16, 12, 2), [deflated(f) for f in frames]), "1.2.840.10008.1.2.8.1")
written("deflated-bits", packed(dataset(9, 7, 1, 1, 2), [deflated(f) for f in bits()]), "1.2.840.10008.1.2.8.1")
written("rle-bits", packed(dataset(9, 7, 1, 1, 2), [rle(f) for f in bits()]), "1.2.840.10008.1.2.5")
values = numpy.arange(64) * 0.5 - 3
values[-1], values[-2] = numpy.nan, -1000
for name, kind, allocated in (("float", "<f4", 32), ("double", "<f8", 64)):
    own = dataset(8, 8, allocated, 0)
    setattr(own, "FloatPixelData" if allocated == 32 else "DoubleFloatPixelData", values.astype(kind).tobytes())
    setattr(own, "FloatPixelPaddingValue" if allocated == 32 else "DoubleFloatPixelPaddingValue", -1000.0)
    written(name, own, "1.2.840.10008.1.2.1")
