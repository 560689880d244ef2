"""NIfTI files in many forms, and what nibabel makes of each: `python3 nifti.py FOLDER`.

Writes FOLDER/N.nii or N.nii.gz, FOLDER/N.values (the middle canonical axial slice, rows to the left, columns back,
float64) and a line a file: name, columns, rows, scaled."""

import sys

import nibabel
import numpy

TYPES = ["u1", "i1", "i2", "u2", "i4", "u4", "f4", "f8"]


def rotation(generator, degrees):
    """Any of the 48 ways an image may lie, and up to so many degrees off it."""
    axes = generator.permutation(3)
    matrix = numpy.zeros((3, 3))
    for column, axis in enumerate(axes):
        matrix[axis, column] = generator.choice([-1, 1])
    axis = generator.normal(size=3)
    axis /= numpy.linalg.norm(axis)
    angle = numpy.radians(generator.uniform(-degrees, degrees))
    cross = numpy.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    return (numpy.eye(3) + numpy.sin(angle) * cross + (1 - numpy.cos(angle)) * cross @ cross) @ matrix


def main():
    folder = sys.argv[1]
    generator = numpy.random.default_rng(1)
    for number in range(96):
        kind = numpy.dtype(TYPES[number % 8])
        version = 1 + number // 8 % 2
        order = "<>"[number // 16 % 2]
        form = ["sform", "qform"][number // 32 % 2]
        shape = tuple(int(n) for n in generator.integers(3, 9, 3)) + ((2,) if number % 5 == 0 else ())
        if kind.kind == "f":
            data = generator.normal(0, 1000, shape).astype(kind)
        else:
            limits = numpy.iinfo(kind)
            data = generator.integers(limits.min, limits.max, shape, endpoint=True).astype(kind)
        affine = numpy.eye(4)
        affine[:3, :3] = rotation(generator, 35) * generator.uniform(0.5, 3, 3)
        affine[:3, 3] = generator.uniform(-100, 100, 3)
        header = (nibabel.Nifti1Header if version == 1 else nibabel.Nifti2Header)(endianness=order)
        header.set_data_dtype(kind.newbyteorder(order))
        header.set_data_shape(shape)
        header["descrip"] = b"SENTINEL^PATIENT"
        if form == "sform":
            header.set_sform(affine, 2)
            header.set_qform(numpy.eye(4), 0)
        else:
            header.set_qform(affine, 1)
            header.set_sform(numpy.eye(4), 0)
        slope, intercept = (1.5, -7.25) if number % 3 == 0 else (1.0, 0.0)
        header.set_slope_inter(slope, intercept)
        header["vox_offset"] = 352 if version == 1 else 544
        header["magic"] = header.single_magic if hasattr(header, "single_magic") else header["magic"]
        name = f"{number}.nii" + (".gz" if number % 2 else "")
        content = bytearray(header.binaryblock) + b"\0\0\0\0" + data.astype(kind.newbyteorder(order)).tobytes(order="F")
        if number % 2:
            import gzip
            content = gzip.compress(bytes(content), 6, mtime=0)
        with open(f"{folder}/{name}", "wb") as file:
            file.write(content)
        image = nibabel.load(f"{folder}/{name}")
        if image.ndim == 4:
            image = image.slicer[..., 0]
        canonical = nibabel.as_closest_canonical(image).get_fdata()
        # Canonical axes run to right, front and head: turned to left and back, row by row.
        values = canonical[::-1, ::-1, canonical.shape[2] // 2].T
        values.astype("<f8").tofile(f"{folder}/{number}.values")
        print(name, values.shape[1], values.shape[0])


main()
