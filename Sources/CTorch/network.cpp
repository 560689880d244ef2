#include "CTorch.h"
#include "guard.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>
#include <vector>

using at::Tensor;

/* All parameters are views into one flat tensor, all gradients views into another: reading, writing, clipping and the
   descent step are single passes over contiguous floats. */
struct cordon_network {
    std::vector<int64_t> channels;
    int64_t stem_stride;
    int64_t class_count;
    Tensor values, gradients;
    std::vector<Tensor> parameters;

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
            Tensor parameter = values.narrow(0, start, size).view(shape).detach();
            parameter.set_requires_grad(true);
            parameter.mutable_grad() = gradients.narrow(0, start, size).view(shape);
            parameters.push_back(parameter);
            start += size;
        }
    }

    Tensor logits(Tensor x) const {
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

namespace {

/* libtorch takes mutable pointers; these tensors are only read. */
Tensor pixels_of(const cordon_images &images) {
    return torch::from_blob(const_cast<float *>(images.pixels), {images.count, 1, images.side, images.side});
}
Tensor labels_of(const cordon_images &images) {
    return torch::from_blob(const_cast<int64_t *>(images.labels), {images.count}, torch::kLong);
}
Tensor indices_of(const int64_t *first, int64_t count) {
    return torch::from_blob(const_cast<int64_t *>(first), {count}, torch::kLong);
}
Tensor floats_of(const float *first, int64_t count) {
    return torch::from_blob(const_cast<float *>(first), {count});
}

double norm_of(const float *vector, int64_t count) {
    double lanes[8] = {0};
    int64_t i = 0;
    for (; i + 8 <= count; i += 8)
        for (int64_t lane = 0; lane < 8; lane++) lanes[lane] += (double)vector[i + lane] * vector[i + lane];
    for (; i < count; i++) lanes[0] += (double)vector[i] * vector[i];
    double sum = 0;
    for (double lane : lanes) sum += lane;
    return std::sqrt(sum);
}

/* v <- momentum v + (scale g + decay w);  w <- w - rate v. */
void descend(float *values, const float *gradients, float *velocity, int64_t count, float scale,
             const cordon_descent &descent) {
    float momentum = (float)descent.momentum, decay = (float)descent.weight_decay;
    float rate = (float)descent.learning_rate;
    for (int64_t i = 0; i < count; i++) {
        velocity[i] = momentum * velocity[i] + (scale * gradients[i] + decay * values[i]);
        values[i] -= rate * velocity[i];
    }
}

}  // namespace

int cordon_network_create(const int64_t *channels, int64_t stages, int64_t stem_stride, int64_t class_count,
                          cordon_network **network) {
    *network = nullptr;
    return cordon::guarded([&] {
        auto built = std::make_unique<cordon_network>();
        built->channels.assign(channels, channels + stages);
        built->stem_stride = stem_stride;
        built->class_count = class_count;
        built->build();
        *network = built.release();
    });
}

void cordon_network_free(cordon_network *network) { delete network; }

int64_t cordon_network_parameter_count(const cordon_network *network) { return network->values.numel(); }

void cordon_network_write(cordon_network *network, const float *parameters) {
    std::memcpy(network->values.data_ptr<float>(), parameters, sizeof(float) * network->values.numel());
}

void cordon_network_read(const cordon_network *network, float *parameters) {
    std::memcpy(parameters, network->values.data_ptr<float>(), sizeof(float) * network->values.numel());
}

int cordon_network_train(cordon_network *network, const cordon_images *images, const int64_t *order,
                         int64_t order_count, int64_t epoch_length, const cordon_descent *descent,
                         const float *class_weights) {
    return cordon::guarded([&] {
        if (epoch_length <= 0 || descent->batch_size <= 0) throw std::invalid_argument("empty epoch or batch");
        Tensor pixels = pixels_of(*images), labels = labels_of(*images);
        Tensor weights = floats_of(class_weights, network->class_count);
        int64_t size = network->values.numel();
        std::vector<float> velocity(size, 0.0f);
        for (int64_t epoch = 0; epoch < order_count; epoch += epoch_length) {
            int64_t end = std::min(order_count, epoch + epoch_length);
            for (int64_t start = epoch; start < end; start += descent->batch_size) {
                Tensor batch = indices_of(order + start, std::min(descent->batch_size, end - start));
                network->gradients.zero_();
                Tensor logits = network->logits(pixels.index_select(0, batch));
                at::cross_entropy_loss(logits, labels.index_select(0, batch), weights).backward();
                const float *gradients = network->gradients.data_ptr<float>();
                double norm = norm_of(gradients, size);
                double scale = norm > descent->gradient_clip_norm ? descent->gradient_clip_norm / (norm + 1e-6) : 1;
                descend(network->values.data_ptr<float>(), gradients, velocity.data(), size, (float)scale, *descent);
            }
        }
    });
}

int cordon_network_logits(cordon_network *network, const cordon_images *images, float *logits) {
    return cordon::guarded([&] {
        torch::NoGradGuard no_gradients;
        Tensor pixels = pixels_of(*images);
        for (int64_t start = 0; start < images->count; start += 128) {
            int64_t count = std::min<int64_t>(128, images->count - start);
            Tensor output = network->logits(pixels.narrow(0, start, count)).contiguous();
            std::memcpy(logits + start * network->class_count, output.data_ptr<float>(),
                        sizeof(float) * count * network->class_count);
        }
    });
}

int cordon_network_clipped_gradient_sum(cordon_network *network, const cordon_images *images, const int64_t *members,
                                        const int64_t *offsets, int64_t patients, const float *class_weights,
                                        double clip_norm, float *sum) {
    return cordon::guarded([&] {
        Tensor pixels = pixels_of(*images), labels = labels_of(*images);
        Tensor weights = floats_of(class_weights, network->class_count);
        int64_t size = network->values.numel();
        std::fill(sum, sum + size, 0.0f);
        for (int64_t patient = 0; patient < patients; patient++) {
            int64_t count = offsets[patient + 1] - offsets[patient];
            if (count <= 0) throw std::invalid_argument("a patient without images");
            Tensor own = indices_of(members + offsets[patient], count);
            network->gradients.zero_();
            Tensor logits = network->logits(pixels.index_select(0, own));
            Tensor loss = at::cross_entropy_loss(logits, labels.index_select(0, own), weights, at::Reduction::Sum);
            (loss / (double)count).backward();
            const float *gradients = network->gradients.data_ptr<float>();
            double norm = norm_of(gradients, size);
            float scale = (float)(norm > clip_norm ? clip_norm / norm : 1);
            for (int64_t i = 0; i < size; i++) sum[i] += scale * gradients[i];
        }
    });
}
