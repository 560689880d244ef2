/* The part of libtorch that Cordon uses, as plain C: opaque handles, status codes, a message per thread, and no
   exception that crosses. Every call runs on the calling thread alone (one OpenMP thread), so that equal inputs give
   equal bytes. A handle must not be used by two threads at once; different handles may. */
#ifndef CORDON_CTORCH_H
#define CORDON_CTORCH_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cordon_network cordon_network;

/* `count` grey images of `side` x `side` standardised pixels, row by row, with one label each. Borrowed. */
typedef struct {
    const float *pixels;
    const int64_t *labels;
    int64_t count;
    int64_t side;
} cordon_images;

/* Stochastic gradient descent with (heavy-ball) momentum, L2 decay added to the gradient, and a bound on its norm. */
typedef struct {
    double learning_rate;
    double momentum;
    double weight_decay;
    double gradient_clip_norm;
    int64_t batch_size;
} cordon_descent;

/* Text of this thread's last failure. */
const char *cordon_torch_message(void);
const char *cordon_torch_version(void);

/* A convolutional classifier: per stage convolution (5x5 with `stem_stride` first, then 3x3, no bias), group
   normalisation, ReLU and, but for the last, 2x2 maximum pooling; global average; linear layer.
   Parameters in order: per stage convolution weight, norm weight, norm bias; then linear weight, linear bias. */
int cordon_network_create(const int64_t *channels, int64_t stages, int64_t stem_stride, int64_t class_count,
                          cordon_network **network);
void cordon_network_free(cordon_network *network);
int64_t cordon_network_parameter_count(const cordon_network *network);
/* Both copy `cordon_network_parameter_count` floats. */
void cordon_network_write(cordon_network *network, const float *parameters);
void cordon_network_read(const cordon_network *network, float *parameters);

/* Weighted cross-entropy descent over the images named by `order`, in minibatches that never straddle two epochs of
   `epoch_length`; a fresh momentum buffer each call. */
int cordon_network_train(cordon_network *network, const cordon_images *images, const int64_t *order,
                         int64_t order_count, int64_t epoch_length, const cordon_descent *descent,
                         const float *class_weights);
/* Writes count x class_count logits. */
int cordon_network_logits(cordon_network *network, const cordon_images *images, float *logits);
/* Gradient of each patient's mean weighted loss: patients x parameter_count floats, set to zero by the caller.
   Patient p owns images members[offsets[p]] ..< members[offsets[p + 1]]. All images pass through the network together,
   and each layer's gradients are taken per image from its input and the derivative by its output. */
int cordon_network_patient_gradients(cordon_network *network, const cordon_images *images, const int64_t *members,
                                     const int64_t *offsets, int64_t patients, const float *class_weights,
                                     float *gradients);
/* The same by automatic differentiation, one patient after the other. */
int cordon_network_patient_gradients_loop(cordon_network *network, const cordon_images *images,
                                          const int64_t *members, const int64_t *offsets, int64_t patients,
                                          const float *class_weights, float *gradients);
/* The largest difference between the two in double precision, relative to the largest gradient. */
int cordon_network_patient_gradient_error(cordon_network *network, const cordon_images *images,
                                          const int64_t *members, const int64_t *offsets, int64_t patients,
                                          const float *class_weights, double *error);

/* Adds a gradient to `sum` on a grid of clip_norm / sensitivity: scaled down to clip_norm if longer, each coordinate
   cut toward zero, the squares of the result at most sensitivity^2 by count. One that is not finite adds nothing.
   sensitivity is at most 2^24. */
void cordon_add_bounded(const float *gradient, int64_t count, double clip_norm, int64_t sensitivity, int64_t *sum);

/* Adds to `sum` (width values) the product of each named row of `features` with its coefficient. Coefficients are below
   2^13 in magnitude, features at most 2^14. */
void cordon_add_products(const int16_t *features, int64_t width, const int32_t *rows, const int16_t *coefficients,
                         int64_t row_count, int64_t *sum);

/* Scattering (Bruna and Mallat 2013) by filters in the Fourier plane: scales x orientations x side x side real transfer
   functions, zero frequency first. `margin` pixels are mirrored around each image, which is then brought back to its
   size. Per image: the image itself, then the modulus of each filtered image, averaged over a pool x pool grid; of order
   two also those moduli filtered by each filter of a later scale, moduli again, over a pool/2 x pool/2 grid, in the order
   of the first filter, then of the second. Labels are not read. */
typedef struct {
    int64_t scales, orientations, pool, order, margin;
} cordon_scattering_shape;
int64_t cordon_scattering_width(const cordon_scattering_shape *shape);
/* Writes count x cordon_scattering_width floats. */
int cordon_scattering(const cordon_images *images, const float *filters, const cordon_scattering_shape *shape,
                      float *features);
/* The same in double precision, filters included: another processor's last bits are then far below any grid. */
int cordon_scattering_wide(const cordon_images *images, const float *filters, const cordon_scattering_shape *shape,
                           double *features);

/* How an image is sought that explains what a model says of it. */
typedef struct {
    int64_t steps;
    double learning_rate;
    /* Factor of the mean absolute difference of neighbouring pixels. */
    double total_variation;
} cordon_inversion;

/* The image of `label` whose loss has the direction of `gradient` (Geiping et al. 2020): cosine distance and total
   variation, by Adam from the given image of side x side pixels, which is overwritten with the standardised result. */
int cordon_network_invert(cordon_network *network, const float *gradient, int64_t label, int64_t side,
                          const cordon_inversion *how, float *image);
/* The same for the features of `cordon_scattering`, standardised: (raw - mean) x inverse deviation, up to a factor. */
int cordon_features_invert(const float *features, const float *means, const float *inverse_deviations,
                           const float *filters, int64_t filter_count, int64_t pool, int64_t side,
                           const cordon_inversion *how, float *image);

/* Gradient by automatic differentiation of the mean weighted loss of a linear head on `count` x `width` features.
   One output means the logistic loss of class 1, more the softmax cross-entropy. Parameters and gradient: weight
   (outputs x width), then bias. The check of the head that ModelTraining differentiates by hand. */
int cordon_linear_gradient(const float *features, const int64_t *labels, int64_t count, int64_t width,
                           int64_t outputs, const float *parameters, const float *weights, float *gradient);

#ifdef __cplusplus
}
#endif
#endif
