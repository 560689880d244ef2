"""PSNR and SSIM of two made-up images by scikit-image, for ModelTrainingTests/ImageLikenessTests.

    pip install scikit-image==0.24.0 && python image-likeness.py
"""
import numpy
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

row, column = numpy.mgrid[0:24, 0:32]
one = ((row * 7 + column * 13) % 256).astype(float)
for name, other in (
    ("shifted", ((row * 7 + column * 13 + 40) % 256).astype(float)),
    ("halved", one / 2 + 30),
    ("other", ((row * row + 3 * column) % 200).astype(float)),
):
    ssim = structural_similarity(
        one, other, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
    )
    print(name, repr(peak_signal_noise_ratio(one, other, data_range=255)), repr(ssim))
