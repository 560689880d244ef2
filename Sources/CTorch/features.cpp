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

int64_t cordon_scattering_width(const cordon_scattering_shape *shape) {
    int64_t paths = shape->orientations * shape->orientations * shape->scales * (shape->scales - 1) / 2;
    int64_t first = (1 + shape->scales * shape->orientations) * shape->pool * shape->pool;
    return shape->order < 2 ? first : first + paths * (shape->pool / 2) * (shape->pool / 2);
}

/* Features in the precision of `Scalar`. */
template <typename Scalar>
static void scatter(const cordon_images *images, const float *filters, const cordon_scattering_shape *shape,
                    Scalar *features) {
    torch::NoGradGuard no_gradients;
    at::ScalarType type = c10::CppTypeToScalarType<Scalar>::value;
    int64_t side = images->side, margin = shape->margin, pool = shape->pool;
    int64_t filter_count = shape->scales * shape->orientations, width = cordon_scattering_width(shape);
    Tensor bank = torch::from_blob(const_cast<float *>(filters), {filter_count, side, side}).to(type);
    Tensor pixels = torch::from_blob(const_cast<float *>(images->pixels), {images->count, 1, side, side});
    for (int64_t start = 0; start < images->count; start += 16) {
        int64_t count = std::min<int64_t>(16, images->count - start);
        /* Mirrored margins, then back to the same size: the filters wrap around, and the seam must be smooth. */
        Tensor padded =
            at::reflection_pad2d(pixels.narrow(0, start, count).to(type), {margin, margin, margin, margin});
        Tensor image = at::upsample_bilinear2d(padded, {side, side}, false);
        Tensor output = torch::empty({count, width}, type);
        int64_t place = 0;
        auto write = [&](const Tensor &plane, int64_t grid) {
            Tensor pooled = at::adaptive_avg_pool2d(plane.unsqueeze(1), {grid, grid});
            output.narrow(1, place, grid * grid).copy_(pooled.flatten(1));
            place += grid * grid;
        };
        write(image.squeeze(1), pool);
        Tensor spectrum = at::fft_fft2(image.squeeze(1));
        std::vector<Tensor> moduli;
        for (int64_t filter = 0; filter < filter_count; filter++) {
            moduli.push_back(at::abs(at::fft_ifft2(spectrum * bank[filter])));
            write(moduli.back(), pool);
        }
        for (int64_t filter = 0; shape->order == 2 && filter < filter_count; filter++) {
            int64_t later = (filter / shape->orientations + 1) * shape->orientations;
            if (later >= filter_count) continue;
            Tensor again = at::fft_fft2(moduli[filter]);
            for (; later < filter_count; later++) write(at::abs(at::fft_ifft2(again * bank[later])), pool / 2);
        }
        std::memcpy(features + start * width, output.data_ptr<Scalar>(), sizeof(Scalar) * count * width);
    }
}

int cordon_scattering(const cordon_images *images, const float *filters, const cordon_scattering_shape *shape,
                      float *features) {
    return cordon::guarded([&] { scatter<float>(images, filters, shape, features); });
}

int cordon_scattering_wide(const cordon_images *images, const float *filters, const cordon_scattering_shape *shape,
                           double *features) {
    return cordon::guarded([&] { scatter<double>(images, filters, shape, features); });
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
