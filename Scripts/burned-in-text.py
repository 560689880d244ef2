#!/usr/bin/env python3
"""Burns text into images, and scores what the detector finds.

  burned-in-text.py plant SEED COUNT OUT FONTS IMAGE...   writes OUT/*.png, OUT/truth.json and OUT/list.txt
  burned-in-text.py score OUT/truth.json FOUND.jsonl      recall: strings of which every pixel is covered

FONTS is a file with one TrueType path a line. Images are used whole, or in random tiles where they are larger than
1024 pixels. Text is light or dark with 80 grey levels of contrast at least, plain, outlined or on a box, in sizes of
8 to 64 pixels, along rows or columns. Needs Pillow and numpy.
"""
import json
import random
import sys
from pathlib import Path

import numpy
from PIL import Image, ImageDraw, ImageFont

FIRST = "ANNA JOHN MARIA WEI FATIMA OLGA JOSE Erika Sven Zofia Ines Liam Chloe Hiroshi Aisha".split()
LAST = "MUSTERMANN SMITH GARCIA Okafor Nowak Li Kowalska O'Brien Haddad Jensen Ivanova Rossi".split()
SITE = "ST. ELSEWHERE HOSPITAL|City Clinic|Univ. Hospital Ward 7|Radiologie Nord".split("|")


def text(rng: random.Random) -> str:
    date = f"{rng.randint(1, 28):02d}{rng.choice('/.-')}{rng.randint(1, 12):02d}{rng.choice('/.-')}{rng.randint(1930, 2023)}"
    name = f"{rng.choice(LAST)}, {rng.choice(FIRST)}"
    return rng.choice([
        name, name.replace(",", ""), date, f"DOB {date}", f"ID: {rng.randint(10**5, 10**8)}",
        f"MRN {rng.randint(10**5, 10**7)}", f"Acc# {rng.randint(1000, 999999)}", rng.choice(SITE),
        f"Dr. {rng.choice(LAST)}", f"{rng.choice('MF')} {rng.randint(1, 99)}Y", f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}",
        f"{name} {date}",
    ])


def background(rng: random.Random, paths: list[str]) -> Image.Image:
    image = Image.open(rng.choice(paths)).convert("L")
    if max(image.size) > 1024:
        side = rng.choice([512, 768, 1024])
        side = min(side, *image.size)
        x, y = rng.randint(0, image.width - side), rng.randint(0, image.height - side)
        image = image.crop((x, y, x + side, y + side))
    return image


def plant(rng: random.Random, image: Image.Image, fonts: list[str]):
    """One string; None where it does not fit or would not be seen."""
    size = rng.choice([8, 9, 10, 11, 12, 13, 14, 16, 18, 20, 24, 28, 32, 40, 48, 64])
    font = ImageFont.truetype(rng.choice(fonts), size + 3)
    words = text(rng)
    left, top, right, bottom = font.getbbox(words)
    mask = Image.new("L", (right - left + 8, bottom - top + 8), 0)
    ImageDraw.Draw(mask).text((4 - left, 4 - top), words, fill=255, font=font)
    outline = Image.new("L", mask.size, 0)
    width = max(1, size // 14)
    ImageDraw.Draw(outline).text((4 - left, 4 - top), words, fill=255, font=font, stroke_width=width, stroke_fill=255)
    if rng.random() < 0.25:
        mask, outline = mask.transpose(Image.ROTATE_90), outline.transpose(Image.ROTATE_90)
    if mask.width >= image.width or mask.height >= image.height:
        return None
    x, y = rng.randint(0, image.width - mask.width), rng.randint(0, image.height - mask.height)
    grey = numpy.asarray(image).astype(float)
    place = grey[y:y + mask.height, x:x + mask.width]
    ink, rim = numpy.asarray(mask) / 255.0, numpy.asarray(outline) / 255.0
    style = rng.choice(["plain", "plain", "outlined", "box"])
    light = rng.random() < 0.7
    colour = rng.choice([255, 255, 255, 230, 200]) if light else rng.choice([0, 0, 0, 25])
    if style == "plain":
        low, high = numpy.percentile(place, 5), numpy.percentile(place, 95)
        if (colour - high if light else low - colour) < 80:
            return None
        drawn = place
    elif style == "outlined":
        drawn = place * (1 - rim) + (0 if light else 255) * rim
    else:
        drawn = numpy.full_like(place, 0 if light else 255)
    drawn = drawn * (1 - ink) + colour * ink
    grey[y:y + mask.height, x:x + mask.width] = drawn
    covered = numpy.argwhere(ink > 0.3)
    if len(covered) == 0:
        return None
    (y0, x0), (y1, x1) = covered.min(0), covered.max(0) + 1
    box = [int(x + x0), int(y + y0), int(x1 - x0), int(y1 - y0)]
    return Image.fromarray(grey.round().clip(0, 255).astype(numpy.uint8)), {
        "box": box, "size": size, "style": style, "light": light, "colour": colour, "font": Path(font.path).stem,
        "text": words, "rotated": box[3] > box[2]}


def main() -> None:
    if sys.argv[1] == "plant":
        seed, count, out = int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
        fonts = Path(sys.argv[5]).read_text().split("\n")
        fonts = [font for font in fonts if font]
        rng = random.Random(seed)
        out.mkdir(parents=True)
        truth = {}
        while len(truth) < count:
            made = plant(rng, background(rng, sys.argv[6:]), fonts)
            if made is None:
                continue
            image, answer = made
            name = str((out / f"{len(truth):05d}.png").resolve())
            if rng.random() < 0.3:
                name = name[:-3] + "jpg"
                image.save(name, quality=rng.choice([75, 85, 95]))
            else:
                image.save(name)
            truth[name] = answer
        (out / "truth.json").write_text(json.dumps(truth, indent=0))
        (out / "list.txt").write_text("\n".join(truth) + "\n")
    else:
        truth = json.loads(Path(sys.argv[2]).read_text())
        hits, missed, area = 0, [], 0
        for line in Path(sys.argv[3]).read_text().splitlines():
            found = json.loads(line)
            answer = truth[found["file"]]
            x, y, w, h = answer["box"]
            seen = numpy.zeros((h, w), bool)
            for rx, ry, rw, rh in found["regions"]:
                seen[max(0, ry - y):max(0, ry + rh - y), max(0, rx - x):max(0, rx + rw - x)] = True
            if seen.all():
                hits += 1
            else:
                missed.append({**answer, "file": found["file"], "seen": round(float(seen.mean()), 2)})
        total = hits + len(missed)
        print(json.dumps({"strings": total, "covered": hits, "recall": hits / total}))
        for key in ["size", "style", "light", "rotated", "font"]:
            counts: dict = {}
            for miss in missed:
                counts[miss[key]] = counts.get(miss[key], 0) + 1
            print(key, dict(sorted(counts.items(), key=lambda item: -item[1])))
        for miss in missed[:25]:
            print(miss)


if __name__ == "__main__":
    main()
