#include "CTorch.h"
#include "guard.h"
#include "network.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <vector>

using at::Tensor;
using namespace cordon;

namespace {

struct patients_of {
    Tensor pixels, labels, weights;
    const int64_t *members, *offsets;
    int64_t patients;

    patients_of(const cordon_network &network, const cordon_images &images, const int64_t *members,
                const int64_t *offsets, int64_t patients, const float *class_weights)
        : pixels(pixels_of(images)), labels(labels_of(images)),
          weights(floats_of(class_weights, network.class_count)), members(members), offsets(offsets),
          patients(patients) {
        for (int64_t patient = 0; patient < patients; patient++)
            if (offsets[patient + 1] <= offsets[patient]) throw std::invalid_argument("a patient without images");
    }

    int64_t count() const { return offsets[patients]; }
};

Tensor loss_of(const Tensor &logits, const Tensor &labels, const Tensor &weights) {
    return at::cross_entropy_loss(logits, labels, weights, at::Reduction::Sum);
}

std::vector<Tensor> converted(const std::vector<Tensor> &parameters, at::ScalarType type) {
    std::vector<Tensor> result;
    for (const Tensor &parameter : parameters) result.push_back(parameter.detach().to(type));
    return result;
}

/* patients x parameter_count, by the layers' inputs and outputs (Goodfellow 2015, arXiv 1510.01799; for convolutions
   Rochette, Manoel and Tramel 2019, arXiv 1912.06015). */
Tensor taped(const cordon_network &network, const patients_of &given, at::ScalarType type) {
    std::vector<Tensor> p = converted(network.parameters, type);
    Tensor chosen = indices_of(given.members, given.count());
    Tensor labels = given.labels.index_select(0, chosen);
    Tensor input = given.pixels.index_select(0, chosen).to(type);
    int64_t images = given.count();
    size_t stages = network.channels.size(), head = 3 * stages;

    std::vector<Tensor> inputs, scaled, watched;
    Tensor x = input;
    for (size_t stage = 0; stage < stages; stage++) {
        inputs.push_back(x.detach());
        Tensor z = at::conv2d(x, p[3 * stage], {}, stage == 0 ? network.stem_stride : 1, stage == 0 ? 2 : 1);
        if (stage == 0) z.set_requires_grad(true);
        watched.push_back(z);
        int64_t groups = std::max<int64_t>(1, std::min<int64_t>(8, network.channels[stage] / 4));
        Tensor unit = at::group_norm(z, groups);
        scaled.push_back(unit.detach());
        Tensor y = unit * p[3 * stage + 1].view({1, -1, 1, 1}) + p[3 * stage + 2].view({1, -1, 1, 1});
        watched.push_back(y);
        x = at::relu(y);
        if (stage + 1 < stages) x = at::max_pool2d(x, 2);
    }
    Tensor pooled = x.mean({2, 3});
    Tensor logits = at::linear(pooled, p[head], p[head + 1]);
    watched.push_back(logits);
    std::vector<Tensor> by = torch::autograd::grad({loss_of(logits, labels, given.weights.to(type))}, watched);

    torch::NoGradGuard no_gradients;
    /* Each image counts for its share of its patient: the derivative is scaled where it is smallest. */
    Tensor owner = torch::empty({images}, torch::kLong), share = torch::empty({images}, torch::kDouble);
    for (int64_t patient = 0; patient < given.patients; patient++) {
        int64_t first = given.offsets[patient], count = given.offsets[patient + 1] - first;
        owner.narrow(0, first, count).fill_(patient);
        share.narrow(0, first, count).fill_(1.0 / (double)count);
    }
    share = share.to(type);
    bool single = images == given.patients;
    Tensor result = torch::zeros({given.patients, network.values.numel()}, at::TensorOptions(type));
    int64_t start = 0;
    auto place = [&](const Tensor &of_image) {
        Tensor rows = of_image.reshape({images, -1});
        Tensor target = result.narrow(1, start, rows.size(1));
        if (single) target.copy_(rows);
        else target.index_add_(0, owner, rows);
        start += rows.size(1);
    };
    for (size_t stage = 0; stage < stages; stage++) {
        bool stem = stage == 0;
        Tensor by_output = by[2 * stage] * share.view({-1, 1, 1, 1});
        Tensor by_scaled = by[2 * stage + 1] * share.view({-1, 1, 1, 1});
        int64_t kernel = stem ? 5 : 3, stride = stem ? network.stem_stride : 1, padding = stem ? 2 : 1;
        Tensor columns = at::im2col(inputs[stage], {kernel, kernel}, {1, 1}, {padding, padding}, {stride, stride});
        place(at::bmm(by_output.flatten(2), columns.transpose(1, 2)));
        place((by_scaled * scaled[stage]).sum({2, 3}));
        place(by_scaled.sum({2, 3}));
    }
    Tensor by_logits = by[2 * stages] * share.view({-1, 1});
    place(at::bmm(by_logits.unsqueeze(2), pooled.detach().unsqueeze(1)));
    place(by_logits);
    return result;
}

/* The same with one backward pass a patient. */
Tensor looped(const cordon_network &network, const patients_of &given, at::ScalarType type) {
    cordon_network copy;
    copy.channels = network.channels;
    copy.stem_stride = network.stem_stride;
    copy.class_count = network.class_count;
    copy.parameters = converted(network.parameters, type);
    for (Tensor &parameter : copy.parameters) parameter.set_requires_grad(true);
    Tensor result = torch::empty({given.patients, network.values.numel()}, at::TensorOptions(type));
    for (int64_t patient = 0; patient < given.patients; patient++) {
        int64_t count = given.offsets[patient + 1] - given.offsets[patient];
        Tensor own = indices_of(given.members + given.offsets[patient], count);
        Tensor logits = copy.logits(given.pixels.index_select(0, own).to(type));
        Tensor loss = loss_of(logits, given.labels.index_select(0, own), given.weights.to(type)) / (double)count;
        std::vector<Tensor> gradients = torch::autograd::grad({loss}, copy.parameters);
        for (Tensor &gradient : gradients) gradient = gradient.flatten();
        result.select(0, patient).copy_(at::cat(gradients));
    }
    return result;
}

void write(const Tensor &tensor, float *target) {
    Tensor flat = tensor.contiguous();
    std::memcpy(target, flat.data_ptr<float>(), sizeof(float) * flat.numel());
}

}  // namespace

int cordon_network_patient_gradients(cordon_network *network, const cordon_images *images, const int64_t *members,
                                     const int64_t *offsets, int64_t patients, const float *class_weights,
                                     float *gradients) {
    return guarded([&] {
        if (patients == 0) return;
        patients_of given(*network, *images, members, offsets, patients, class_weights);
        write(taped(*network, given, torch::kFloat), gradients);
    });
}

int cordon_network_patient_gradients_loop(cordon_network *network, const cordon_images *images,
                                          const int64_t *members, const int64_t *offsets, int64_t patients,
                                          const float *class_weights, float *gradients) {
    return guarded([&] {
        if (patients == 0) return;
        patients_of given(*network, *images, members, offsets, patients, class_weights);
        write(looped(*network, given, torch::kFloat), gradients);
    });
}

int cordon_network_patient_gradient_error(cordon_network *network, const cordon_images *images,
                                          const int64_t *members, const int64_t *offsets, int64_t patients,
                                          const float *class_weights, double *error) {
    return guarded([&] {
        patients_of given(*network, *images, members, offsets, patients, class_weights);
        Tensor fast = taped(*network, given, torch::kDouble), slow = looped(*network, given, torch::kDouble);
        *error = ((fast - slow).abs().max() / slow.abs().max()).item<double>();
    });
}

void cordon_add_bounded(const float *gradient, int64_t count, double clip_norm, int64_t sensitivity, int64_t *sum) {
    double lanes[8] = {0};
    int64_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (int64_t lane = 0; lane < 8; lane++) lanes[lane] += (double)gradient[i + lane] * gradient[i + lane];
    for (; i < count; i++) lanes[0] += (double)gradient[i] * gradient[i];
    double square = 0;
    for (double lane : lanes) square += lane;
    double norm = std::sqrt(square);
    if (!std::isfinite(norm) || norm == 0) return;
    float factor = (float)((double)sensitivity / std::max(norm, clip_norm));
    if (!std::isfinite(factor)) return;
    int64_t limit = sensitivity * sensitivity;
    /* Single precision can leave a step too many: then a little shorter, and counted again. */
    for (;; factor *= 1 - 0x1p-20f) {
        int64_t squares = 0;
        for (i = 0; i < count; i++) {
            int64_t steps = (int32_t)(gradient[i] * factor);
            squares += steps * steps;
        }
        if (squares <= limit) break;
    }
    for (i = 0; i < count; i++) sum[i] += (int32_t)(gradient[i] * factor);
}

void cordon_add_products(const int16_t *features, int64_t width, const int32_t *rows, const int16_t *coefficients,
                         int64_t row_count, int64_t *sum) {
    /* Eight products of 27 bits at a time fit 32. */
    std::vector<int32_t> some(width);
    for (int64_t start = 0; start < row_count; start += 8) {
        std::fill(some.begin(), some.end(), 0);
        for (int64_t row = start; row < std::min(row_count, start + 8); row++) {
            const int16_t *feature = features + rows[row] * width;
            int32_t coefficient = coefficients[row];
            for (int64_t i = 0; i < width; i++) some[i] += coefficient * feature[i];
        }
        for (int64_t i = 0; i < width; i++) sum[i] += some[i];
    }
}
