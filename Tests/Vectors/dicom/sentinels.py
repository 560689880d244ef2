"""Plants a unique sentinel in every attribute of Table E.1-1 of a DICOM file: usage sentinels.py IN OUT TAG...

Each TAG (eight hexadecimal digits) that holds characters gets a value of its own, in the data set and in an item of a kept
sequence, a private tag, an overlay, a curve, the preamble and the meta header. Prints the sentinels, a line each.
"""

import datetime
import sys

import pydicom
from pydicom.datadict import dictionary_VR
from pydicom.dataset import Dataset


def main():
    source, target, tags = sys.argv[1], sys.argv[2], sys.argv[3:]
    dataset = pydicom.dcmread(source)
    planted = []

    def sentinel(vr):
        number = len(planted)
        day = (datetime.date(1801, 1, 1) + datetime.timedelta(days=number)).strftime("%Y%m%d")
        times = {"DA": day, "TM": f"235959.{number:06}", "DT": f"{day}235959.{number:06}"}
        value = {"UI": f"1.9.8.7.{7000000 + number}", "AS": None, "IS": str(70000000 + number), "DS": str(80000000 + number)}
        value = times.get(vr) or value.get(vr, f"SNTNL{number:05}")
        if value:
            planted.append(value)
        return value

    nested = Dataset()
    for name in tags:
        tag = int(name, 16)
        try:
            vr = dictionary_VR(tag)
        except KeyError:
            continue
        if tag >> 16 in (0, 2, 4) or vr not in (
            "AE", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UC", "UI", "UT"):
            continue
        for place in (dataset, nested):
            value = sentinel(vr)
            if value:
                place.add_new(tag, vr, value)
    # A sequence that no rule touches: Anatomic Region Sequence.
    dataset.add_new(0x00082218, "SQ", [nested])
    for tag, vr in ((0x00091010, "LO"), (0x60000022, "LO"), (0x50000022, "LO")):
        dataset.add_new(tag, vr, sentinel("LO"))
    dataset.BurnedInAnnotation = "NO"
    dataset.preamble = sentinel("LO").encode().ljust(128, b"\0")
    dataset.file_meta.SourceApplicationEntityTitle = sentinel("LO")
    dataset.save_as(target)
    print("\n".join(planted))


main()
