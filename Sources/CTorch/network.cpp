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
