#!/usr/bin/env python3
"""Table E.1-1 of DICOM PS3.15 (2024e) as a Swift literal: usage deidentification-table.py confidentiality_profile_attributes.json

The JSON is a public transcription of the standard's table, a row an attribute. One row here: tag, action of the basic profile,
and a letter for each option that changes it: u UIDs, d device, i institution, p patient characteristics, f full dates, m
modified dates, t descriptors; capitals where the option cleans instead of keeping.
"""

import json
import sys

OPTIONS = {
    "rtnUIDsOpt": "u", "rtnDevIdOpt": "d", "rtnInstIdOpt": "i", "rtnPatCharsOpt": "p", "rtnLongFullDatesOpt": "f",
    "rtnLongModifDatesOpt": "m", "cleanDescOpt": "t",
}


def main():
    rows = []
    for row in json.load(open(sys.argv[1])):
        if len(row["id"]) != 8 or "x" in row["id"]:
            continue  # curves, overlays and private groups: rules of their own
        letters = "".join(
            letter.upper() if row[name] == "C" and letter != "m" else letter
            for name, letter in OPTIONS.items() if name in row)
        rows.append(f"{row['id'].upper()} {row['basicProfile']} {letters}".strip())
    lines, line = [], ""
    for row in sorted(rows):
        if len(line) + len(row) > 110:
            lines.append(line)
            line = ""
        line += ("" if not line else ";") + row
    lines.append(line)
    print("extension ConfidentialityProfile {")
    print("    /// PS3.15 Table E.1-1, edition 2024e, as `Scripts/deidentification-table.py` writes it.")
    print('    static let table = """')
    for line in lines:
        print(f"        {line}")
    print('        """')
    print("}")


main()
