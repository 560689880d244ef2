#!/usr/bin/env python3
"""Wraps the images of a manifest CSV (file, label, patient or group, split or patient_split) as DICOM files with planted identities.

Usage: wrap-radiographs.py MANIFEST.csv OUT    (needs pydicom and Pillow)

Pixels are the grey values of the image, uncompressed, with the window that shows them as they are; every file bears a
name, numbers, dates, a physician, an institution, private tags and free text that must not survive. OUT/manifest.csv
lists the files with labels and splits as given; OUT/planted.txt has every planted string, one a line.
"""
import csv
import hashlib
import sys
from pathlib import Path

from PIL import Image
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

DIGITAL_X_RAY = "1.2.840.10008.5.1.4.1.1.1.1"


def identity(patient: str) -> dict[str, str]:
    code = hashlib.sha256(patient.encode()).hexdigest()
    return {
        "name": f"Sentinel^{code[:8].upper()}",
        "number": f"MRN{code[8:18]}",
        "birth": f"19{40 + int(code[0], 16):02d}{1 + int(code[1], 16) % 12:02d}{10 + int(code[2], 16):02d}",
        "physician": f"Referrer^{code[18:26].upper()}",
        "institution": f"Clinic {code[26:34]}",
        "comment": f"called by {code[34:42]} about the finding",
        "private": f"PRIV-{code[42:52]}",
    }


def wrap(image: Path, patient: str, place: int) -> tuple[Dataset, list[str]]:
    grey = Image.open(image).convert("L")
    who = identity(patient)
    study, series, instance = (generate_uid(entropy_srcs=[patient, str(place), level]) for level in "123")
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = DIGITAL_X_RAY
    meta.MediaStorageSOPInstanceUID = instance
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data = Dataset()
    data.file_meta = meta
    data.SOPClassUID, data.SOPInstanceUID = DIGITAL_X_RAY, instance
    data.StudyInstanceUID, data.SeriesInstanceUID = study, series
    data.PatientName, data.PatientID, data.PatientBirthDate, data.PatientSex = (
        who["name"], who["number"], who["birth"], "O")
    data.StudyDate, data.StudyTime, data.AccessionNumber = "20190314", "101112", f"ACC{place:07d}"
    data.ReferringPhysicianName, data.InstitutionName = who["physician"], who["institution"]
    data.StudyDescription, data.ImageComments = who["comment"], who["comment"]
    data.Modality, data.ImageType, data.BodyPartExamined = "DX", ["ORIGINAL", "PRIMARY"], "CHEST"
    request = Dataset()
    request.RequestingPhysician = who["physician"]
    request.RequestedProcedureDescription = who["comment"]
    data.RequestAttributesSequence = Sequence([request])
    block = data.private_block(0x0029, "PLANTED", create=True)
    block.add_new(0x10, "LO", who["private"])
    data.Rows, data.Columns = grey.height, grey.width
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.BitsAllocated = data.BitsStored = 8
    data.HighBit, data.PixelRepresentation = 7, 0
    data.WindowCenter, data.WindowWidth = "128", "256"
    data.PixelData = grey.tobytes() + b"\0" * (grey.width * grey.height % 2)
    words = [w for key, text in who.items() if key != "birth" for w in text.split("^")[-1:]]
    return data, words + [who["birth"], str(study), str(instance), f"ACC{place:07d}", "20190314"]


def main() -> None:
    manifest, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True)
    planted: set[str] = set()
    with manifest.open() as source, (out / "manifest.csv").open("w") as target:
        rows = csv.DictReader(source)
        writer = csv.DictWriter(target, ["file", "label", "patient", "split"])
        writer.writeheader()
        for place, row in enumerate(rows):
            patient = row.get("patient") or row.get("group") or row["file"]
            data, words = wrap(manifest.parent / row["file"], patient, place)
            planted.update(words)
            side = row.get("patient_split") or row.get("split") or ""
            name = f"{place:06d}.dcm"
            data.save_as(out / name, enforce_file_format=True)
            writer.writerow({"file": name, "label": row["label"], "patient": "", "split": side})
    (out / "planted.txt").write_text("\n".join(sorted(planted)) + "\n")


if __name__ == "__main__":
    main()
