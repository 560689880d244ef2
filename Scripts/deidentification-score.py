#!/usr/bin/env python3
"""Scores `cordon images deidentify` as MIDI-B did: a synthetic archive, an answer for every element, weighted actions.

Usage: deidentification-score.py CORDON [SUBJECTS] [SEED]     (needs pydicom, numpy and Pillow)

Answers are those of the basic profile with modified dates and --pixels blank. Categories weigh as at MIDI-B: HIPAA 70,
DICOM standard 20, best practice 10. Prints each action's share and the weighted score; exits 1 below 99.9 %.
"""
import json
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy
import pydicom
from PIL import Image, ImageDraw, ImageFont
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

CLASSES = {
    "CT": "1.2.840.10008.5.1.4.1.1.2", "MR": "1.2.840.10008.5.1.4.1.1.4", "CR": "1.2.840.10008.5.1.4.1.1.1",
    "DX": "1.2.840.10008.5.1.4.1.1.1.1", "MG": "1.2.840.10008.5.1.4.1.1.1.2", "US": "1.2.840.10008.5.1.4.1.1.6.1",
}
WEIGHTS = {"hipaa": 70, "dicom": 20, "practice": 10}
CATEGORY = {
    "text_removed": "hipaa", "date_shifted": "hipaa", "pixels_hidden": "hipaa", "patid_consistent": "hipaa",
    "uid_changed": "dicom", "uid_consistent": "dicom", "tag_retained": "dicom", "text_notnull": "dicom",
    "text_retained": "practice", "pixels_retained": "practice",
}
KEPT = {
    "Modality": None, "BodyPartExamined": "CHEST", "PatientPosition": "HFS", "KVP": "120", "SliceThickness": "2.5",
    "ImageType": ["ORIGINAL", "PRIMARY"], "Rows": 192, "Columns": 192, "BitsStored": 12, "SeriesNumber": 3,
    "InstanceNumber": None, "WindowCenter": "1024", "WindowWidth": "2048", "PhotometricInterpretation": "MONOCHROME2",
}
REMOVED = [
    "PatientName", "PatientID", "PatientAddress", "PatientTelephoneNumbers", "OtherPatientIDs", "PatientMotherBirthName",
    "AccessionNumber", "InstitutionName", "InstitutionAddress", "ReferringPhysicianName", "PerformingPhysicianName",
    "OperatorsName", "StudyDescription", "SeriesDescription", "ImageComments", "AdditionalPatientHistory",
    "StationName", "DeviceSerialNumber", "ProtocolName", "RequestedProcedureDescription", "PatientComments", "StudyID",
]
DATES = ["StudyDate", "SeriesDate", "AcquisitionDate", "ContentDate"]


def subject(rng: random.Random, number: int) -> dict:
    letters = "".join(rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(8))
    born = date(1930, 1, 1) + timedelta(days=rng.randint(0, 30000))
    seen = date(2015, 1, 1) + timedelta(days=rng.randint(0, 3000))
    return {
        "last": letters, "id": f"P{number:04d}{rng.randint(10**6, 10**7)}", "born": born, "seen": seen,
        "modality": rng.choice(sorted(CLASSES)), "study": generate_uid(), "series": generate_uid(),
    }


def anatomy(rng: random.Random) -> numpy.ndarray:
    y, x = numpy.mgrid[-1:1:192j, -1:1:192j]
    image = 1500 * numpy.exp(-(x * x + y * y * rng.uniform(.5, 1.5)))
    for _ in range(4):
        cx, cy, r = rng.uniform(-.5, .5), rng.uniform(-.5, .5), rng.uniform(.1, .4)
        image -= rng.uniform(100, 400) * numpy.exp(-((x - cx) ** 2 + (y - cy) ** 2) / r / r)
    return numpy.clip(image, 0, 1800).astype(numpy.uint16)


def make(rng: random.Random, who: dict, place: int) -> tuple[Dataset, list, numpy.ndarray | None]:
    data = Dataset()
    data.SOPClassUID, data.SOPInstanceUID = CLASSES[who["modality"]], generate_uid()
    data.StudyInstanceUID, data.SeriesInstanceUID = who["study"], who["series"]
    data.FrameOfReferenceUID = who["series"] + ".1" if len(who["series"]) < 60 else generate_uid()
    data.Modality, data.InstanceNumber = who["modality"], place + 1
    answers = []
    for word, value in KEPT.items():
        if value is not None:
            setattr(data, word, value)
        answers.append(("tag_retained", word, data[word].value))
    phrase = f"seen by Dr. {who['last']} on {who['seen']:%d.%m.%Y}"
    for word in REMOVED:
        vr = pydicom.datadict.dictionary_VR(word)
        value = who["id"] if word in ("PatientID", "OtherPatientIDs") else (
            f"{who['last']}^Anna" if vr == "PN" else f"{who['last']}{place}" if vr == "SH" else phrase)
        setattr(data, word, value)
        answers.append(("text_removed", word, [who["last"], who["id"]]))
    answers += [("text_notnull", "PatientID", None), ("text_notnull", "PatientName", None)]
    for word in DATES:
        setattr(data, word, who["seen"].strftime("%Y%m%d"))
        answers.append(("date_shifted", word, who["seen"].strftime("%Y%m%d")))
    data.PatientBirthDate = who["born"].strftime("%Y%m%d")
    answers.append(("text_removed", "PatientBirthDate", [data.PatientBirthDate]))
    for word in ["SOPInstanceUID", "StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID"]:
        answers += [("uid_changed", word, str(data[word].value)), ("uid_consistent", word, str(data[word].value))]
    answers.append(("patid_consistent", "PatientID", who["id"]))
    region = Dataset()
    region.CodeValue, region.CodingSchemeDesignator, region.CodeMeaning = "51185008", "SCT", "Chest"
    data.AnatomicRegionSequence = Sequence([region])
    answers.append(("text_retained", "AnatomicRegionSequence", "Chest"))
    private = data.private_block(0x0031, "CLINIC", create=True)
    private.add_new(1, "LO", who["last"])
    pixels, ink = anatomy(rng), None
    if who["modality"] in ("US", "CR", "DX", "MG") and rng.random() < .5:
        picture = Image.new("L", (192, 192), 0)
        font = ImageFont.truetype("DejaVuSans.ttf", rng.choice([10, 12, 14, 18]))
        ImageDraw.Draw(picture).text((rng.randint(3, 30), rng.randint(3, 165)), f"{who['last']} {who['seen']:%Y}", 255, font)
        ink = numpy.asarray(picture)
        pixels = numpy.where(ink > 0, numpy.maximum(pixels, ink.astype(numpy.uint16) * 16), pixels)
    data.SamplesPerPixel, data.BitsAllocated, data.HighBit, data.PixelRepresentation = 1, 16, 11, 0
    data.PixelData = pixels.astype("<u2").tobytes()
    answers.append(("pixels_hidden" if ink is not None else "pixels_retained", "PixelData", None))
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = data.SOPClassUID, data.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.file_meta = meta
    return data, answers, ink


def passes(action, word, answer, before, after, raw, ink, maps) -> bool:
    value = after.get(word)
    if action == "tag_retained":
        return value == answer
    if action == "text_removed":
        return not any(str(part).encode() in raw for part in answer)
    if action == "text_notnull":
        return bool(str(value or ""))
    if action == "text_retained":
        return bool(value) and value[0].CodeMeaning == answer
    if action == "date_shifted":
        return bool(value) and str(value) != answer and len(str(value)) == 8
    if action == "uid_changed":
        return bool(value) and str(value) != answer and answer.encode() not in raw
    if action in ("uid_consistent", "patid_consistent"):
        return maps.setdefault((word if action[0] == "p" else "uid", answer), str(value)) == str(value)
    same = after.pixel_array == before.pixel_array
    if action == "pixels_retained":
        return bool(same.all())
    shown = (ink > 64) & same & (before.pixel_array > after.pixel_array.min())
    return not shown.any()


def main() -> None:
    cordon, subjects, seed = sys.argv[1], int((sys.argv[2:] or [60])[0]), int((sys.argv[3:] or [1])[0])
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        source.mkdir()
        made = {}
        for number in range(subjects):
            who = subject(rng, number)
            for place in range(3):
                data, answers, ink = make(rng, who, place)
                path = source / f"{number:03d}-{place}.dcm"
                data.save_as(path, enforce_file_format=True)
                made[(who["id"], place)] = (path, answers, ink)
        run = subprocess.run(
            [cordon, "images", "deidentify", "--from", source, "--to", target, "--key", f"{folder}/key", "--new-key",
             "--retain", "modified-dates", "--pixels", "blank", "--json"], capture_output=True, text=True, check=True)
        outcome = json.loads(run.stdout)
        outputs = {}
        for path in target.rglob("*.dcm"):
            outputs.setdefault(path.parent.name, []).append(path)
        # Which output is whose: by instance numbers and the order of pseudonyms that dates and pixels confirm is
        # circular, so the tool is run on each file alone under the same key.
        counts: dict = {}
        maps: dict = {}
        for (patient, place), (path, answers, ink) in made.items():
            single, alone = Path(folder) / "single", Path(folder) / "alone"
            single.mkdir()
            (single / "a.dcm").write_bytes(path.read_bytes())
            subprocess.run(
                [cordon, "images", "deidentify", "--from", single, "--to", alone, "--key", f"{folder}/key", "--retain",
                 "modified-dates", "--pixels", "blank"], capture_output=True, check=True)
            results = list(alone.rglob("*.dcm"))
            before = pydicom.dcmread(path)
            for action, word, answer in answers:
                done = counts.setdefault(action, [0, 0])
                done[1] += 1
                if results:
                    raw, after = results[0].read_bytes(), pydicom.dcmread(results[0])
                    done[0] += passes(action, word, answer, before, after, raw, ink, maps)
            subprocess.run(["rm", "-rf", single, alone, f"{alone}.held-back.csv"], check=True)
        # Two originals never share a substitute.
        substitutes = list(maps.values())
        distinct = len(set(substitutes)) == len(substitutes)
    score = 0.0
    for category, weight in WEIGHTS.items():
        own = [counts[action] for action in counts if CATEGORY[action] == category]
        score += weight * sum(good for good, _ in own) / sum(total for _, total in own)
    for action, (good, total) in sorted(counts.items()):
        print(f"{action:18} {good:6} of {total:6}  {100 * good / total:.2f} %")
    print(f"files written {outcome['written']} of {outcome['files']}; substitutes distinct: {distinct}")
    print(f"weighted score {score:.3f} %")
    sys.exit(0 if score >= 99.9 and distinct else 1)


if __name__ == "__main__":
    main()
