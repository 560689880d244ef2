#include "CTorch.h"
#include "guard.h"
#include "network.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <vector>

using at::Tensor;
using namespace cordon;

namespace {

/* Mean 0, deviation about 1, as images enter a model: what is sought is only known up to brightness and contrast. */
Tensor standardised(const Tensor &image) {
    Tensor centred = image - image.mean();
    return centred / (centred.pow(2).mean() + 1e-6).sqrt();
}

Tensor total_variation(const Tensor &image) {
    int64_t side = image.size(3);
    Tensor across = image.narrow(3, 1, side - 1) - image.narrow(3, 0, side - 1);
    Tensor down = image.narrow(2, 1, side - 1) - image.narrow(2, 0, side - 1);
    return across.abs().mean() + down.abs().mean();
}

Tensor distance(const Tensor &own, const Tensor &target) {
    return 1 - (own * target).sum() / (own.norm() * target.norm() + 1e-12);
}

/* Adam (Kingma and Ba 2015) on the pixels, with a rate that falls to zero along a cosine. */
void seek(const cordon_inversion &how, int64_t side, float *image, const std::function<Tensor(const Tensor &)> &loss) {
    Tensor pixels = torch::from_blob(image, {1, 1, side, side}).clone();
    Tensor first = torch::zeros_like(pixels), second = torch::zeros_like(pixels);
    for (int64_t step = 1; step <= how.steps; step++) {
        pixels = pixels.detach();
        pixels.set_requires_grad(true);
        Tensor whole = standardised(pixels);
        Tensor value = loss(whole) + how.total_variation * total_variation(whole);
        Tensor slope = torch::autograd::grad({value}, {pixels})[0];
        torch::NoGradGuard no_gradients;
        first = 0.9 * first + 0.1 * slope;
        second = 0.999 * second + 0.001 * slope * slope;
        double rate = how.learning_rate * 0.5 * (1 + std::cos(M_PI * (double)step / (double)how.steps));
        pixels = pixels - rate * (first / (1 - std::pow(0.9, (double)step)))
                              / ((second / (1 - std::pow(0.999, (double)step))).sqrt() + 1e-8);
    }
    torch::NoGradGuard no_gradients;
    Tensor found = standardised(pixels).contiguous();
    std::memcpy(image, found.data_ptr<float>(), sizeof(float) * side * side);
}

}  // namespace

int cordon_network_invert(cordon_network *network, const float *gradient, int64_t label, int64_t side,
                          const cordon_inversion *how, float *image) {
    return cordon::guarded([&] {
        Tensor target = floats_of(gradient, network->values.numel());
        Tensor labels = indices_of(&label, 1);
        seek(*how, side, image, [&](const Tensor &pixels) {
            Tensor loss = at::cross_entropy_loss(network->logits(pixels), labels);
            auto slopes = torch::autograd::grad({loss}, network->parameters, {}, true, true);
            std::vector<Tensor> flat;
            for (const Tensor &slope : slopes) flat.push_back(slope.flatten());
            return distance(at::cat(flat), target);
        });
    });
}

int cordon_features_invert(const float *features, const float *means, const float *inverse_deviations,
                           const float *filters, int64_t filter_count, int64_t pool, int64_t side,
                           const cordon_inversion *how, float *image) {
    return cordon::guarded([&] {
        int64_t width = (1 + filter_count) * pool * pool, margin = side / 8;
        Tensor target = floats_of(features, width), middle = floats_of(means, width);
        Tensor inverse = floats_of(inverse_deviations, width);
        Tensor bank = torch::from_blob(const_cast<float *>(filters), {filter_count, side, side});
        seek(*how, side, image, [&](const Tensor &pixels) {
            Tensor padded = at::reflection_pad2d(pixels, {margin, margin, margin, margin});
            Tensor blurred = at::upsample_bilinear2d(padded, {side, side}, false);
            Tensor filtered = at::fft_ifft2(at::fft_fft2(blurred.squeeze(1)) * bank);
            /* A modulus without a kink at zero. */
            Tensor modulus = (at::real(filtered).pow(2) + at::imag(filtered).pow(2) + 1e-10).sqrt();
            Tensor all = at::cat({blurred, modulus.unsqueeze(0)}, 1);
            Tensor pooled = at::adaptive_avg_pool2d(all, {pool, pool}).flatten();
            return distance((pooled - middle) * inverse, target);
        });
    });
}
