#ifndef CORDON_CTORCH_NETWORK_H
#define CORDON_CTORCH_NETWORK_H

#include "CTorch.h"

#include <torch/torch.h>

#include <algorithm>
#include <vector>

/* All parameters are views into one flat tensor, all gradients views into another: reading, writing, clipping and the
   descent step are single passes over contiguous floats. */
struct cordon_network {
    std::vector<int64_t> channels;
    int64_t stem_stride;
    int64_t class_count;
    at::Tensor values, gradients;
    std::vector<at::Tensor> parameters;

    void add(at::IntArrayRef shape) { shapes.emplace_back(shape.begin(), shape.end()); }

    void build() {
        int64_t input = 1;
        for (size_t stage = 0; stage < channels.size(); stage++) {
            int64_t kernel = stage == 0 ? 5 : 3;
            add({channels[stage], input, kernel, kernel});
            add({channels[stage]});
            add({channels[stage]});
            input = channels[stage];
        }
        add({class_count, input});
        add({class_count});
        int64_t total = 0;
        for (const auto &shape : shapes) total += c10::multiply_integers(shape);
        values = torch::zeros({total});
        gradients = torch::zeros({total});
        int64_t start = 0;
        for (const auto &shape : shapes) {
            int64_t size = c10::multiply_integers(shape);
            at::Tensor parameter = values.narrow(0, start, size).view(shape).detach();
            parameter.set_requires_grad(true);
            parameter.mutable_grad() = gradients.narrow(0, start, size).view(shape);
            parameters.push_back(parameter);
            start += size;
        }
    }

    at::Tensor logits(at::Tensor x) const {
        for (size_t stage = 0; stage < channels.size(); stage++) {
            bool stem = stage == 0;
            x = at::conv2d(x, parameters[3 * stage], {}, stem ? stem_stride : 1, stem ? 2 : 1);
            int64_t groups = std::max<int64_t>(1, std::min<int64_t>(8, channels[stage] / 4));
            x = at::group_norm(x, groups, parameters[3 * stage + 1], parameters[3 * stage + 2]);
            x = at::relu_(x);
            if (stage + 1 < channels.size()) x = at::max_pool2d(x, 2);
        }
        size_t head = 3 * channels.size();
        return at::linear(x.mean({2, 3}), parameters[head], parameters[head + 1]);
    }

    std::vector<std::vector<int64_t>> shapes;
};

namespace cordon {

/* libtorch takes mutable pointers; these tensors are only read. */
inline at::Tensor pixels_of(const cordon_images &images) {
    return torch::from_blob(const_cast<float *>(images.pixels), {images.count, 1, images.side, images.side});
}
inline at::Tensor labels_of(const cordon_images &images) {
    return torch::from_blob(const_cast<int64_t *>(images.labels), {images.count}, torch::kLong);
}
inline at::Tensor indices_of(const int64_t *first, int64_t count) {
    return torch::from_blob(const_cast<int64_t *>(first), {count}, torch::kLong);
}
inline at::Tensor floats_of(const float *first, int64_t count) {
    return torch::from_blob(const_cast<float *>(first), {count});
}

}  // namespace cordon

#endif
