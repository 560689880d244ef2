#include "CTorch.h"
#include "guard.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

using at::Tensor;

namespace cordon {

static thread_local std::string last_message;

void keep_message(const char *text) { last_message = text; }

}  // namespace cordon

const char *cordon_torch_message(void) { return cordon::last_message.c_str(); }
const char *cordon_torch_version(void) { return TORCH_VERSION; }

/* Features in the precision of `Scalar`. */
template <typename Scalar>
static void scatter(const cordon_images *images, const float *filters, int64_t filter_count, int64_t pool,
                    Scalar *features) {
    torch::NoGradGuard no_gradients;
    at::ScalarType type = c10::CppTypeToScalarType<Scalar>::value;
    int64_t side = images->side, margin = side / 8;
    Tensor bank = torch::from_blob(const_cast<float *>(filters), {filter_count, side, side}).to(type);
    Tensor pixels = torch::from_blob(const_cast<float *>(images->pixels), {images->count, 1, side, side});
    int64_t width = (1 + filter_count) * pool * pool;
    for (int64_t start = 0; start < images->count; start += 32) {
        int64_t count = std::min<int64_t>(32, images->count - start);
        /* Mirrored margins, then back to the same size: the filters wrap around, and the seam must be smooth. */
        Tensor padded =
            at::reflection_pad2d(pixels.narrow(0, start, count).to(type), {margin, margin, margin, margin});
        Tensor image = at::upsample_bilinear2d(padded, {side, side}, false);
        Tensor spectrum = at::fft_fft2(image.squeeze(1));
        Tensor output = torch::empty({count, 1 + filter_count, pool, pool}, type);
        output.select(1, 0).copy_(at::adaptive_avg_pool2d(image, {pool, pool}).squeeze(1));
        for (int64_t filter = 0; filter < filter_count; filter++) {
            Tensor modulus = at::abs(at::fft_ifft2(spectrum * bank[filter])).unsqueeze(1);
            output.select(1, 1 + filter).copy_(at::adaptive_avg_pool2d(modulus, {pool, pool}).squeeze(1));
        }
        std::memcpy(features + start * width, output.data_ptr<Scalar>(), sizeof(Scalar) * count * width);
    }
}

int cordon_scattering(const cordon_images *images, const float *filters, int64_t filter_count, int64_t pool,
                      float *features) {
    return cordon::guarded([&] { scatter<float>(images, filters, filter_count, pool, features); });
}

int cordon_scattering_wide(const cordon_images *images, const float *filters, int64_t filter_count, int64_t pool,
                           double *features) {
    return cordon::guarded([&] { scatter<double>(images, filters, filter_count, pool, features); });
}

int cordon_linear_gradient(const float *features, const int64_t *labels, int64_t count, int64_t width,
                           int64_t outputs, const float *parameters, const float *weights, float *gradient) {
    return cordon::guarded([&] {
        int64_t size = outputs * (width + 1);
        Tensor input = torch::from_blob(const_cast<float *>(features), {count, width});
        Tensor target = torch::from_blob(const_cast<int64_t *>(labels), {count}, torch::kLong);
        Tensor weight_of_class = torch::from_blob(const_cast<float *>(weights), {std::max<int64_t>(2, outputs)});
        Tensor flat = torch::from_blob(const_cast<float *>(parameters), {size}).clone();
        flat.set_requires_grad(true);
        Tensor logits = at::linear(input, flat.narrow(0, 0, outputs * width).view({outputs, width}),
                                   flat.narrow(0, outputs * width, outputs));
        if (outputs == 1) logits = at::cat({at::zeros_like(logits), logits}, 1);
        Tensor loss = at::cross_entropy_loss(logits, target, weight_of_class, at::Reduction::Sum) / (double)count;
        loss.backward();
        std::memcpy(gradient, flat.grad().data_ptr<float>(), sizeof(float) * size);
    });
}
