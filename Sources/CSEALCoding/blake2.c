// BLAKE2b and its extendable output through libb2. Aumasson and others, "BLAKE2X" (2016), for the tree parameters.
#include "CSEALCoding.h"

#include <blake2.h>
#include <string.h>

enum { NODE_BYTES = 64, BLOCK_BYTES = 128 };
_Static_assert(sizeof(blake2b_param) == 64, "a parameter block has 64 bytes");

int cordon_blake2b_256(uint8_t digest[32], const uint8_t *bytes, size_t count) {
    blake2b_state state;
    if (blake2b_init(&state, 32) || blake2b_update(&state, bytes, count) || blake2b_final(&state, digest, 32))
        return CORDON_CODING_CORRUPT;
    return CORDON_CODING_OK;
}

static int hash(const blake2b_param *parameters, const uint8_t *key, const uint8_t *bytes, size_t count, uint8_t *out) {
    blake2b_state state;
    int failed = blake2b_init_param(&state, parameters);
    if (!failed && key) {
        uint8_t block[BLOCK_BYTES] = {0};
        memcpy(block, key, NODE_BYTES);
        failed = blake2b_update(&state, block, sizeof block);
        explicit_bzero(block, sizeof block);
    }
    failed = failed || blake2b_update(&state, bytes, count)
          || blake2b_final(&state, out, parameters->digest_length);
    explicit_bzero(&state, sizeof state);
    return failed ? CORDON_CODING_CORRUPT : CORDON_CODING_OK;
}

int cordon_blake2xb(uint8_t *output, uint32_t count, uint64_t counter, const uint8_t key[64]) {
    uint8_t root[NODE_BYTES], input[8];
    for (int i = 0; i < 8; i++) input[i] = (uint8_t)(counter >> (8 * i));
    // The length of the output stands in the upper half of what plain BLAKE2b calls the node offset.
    const uint64_t length = (uint64_t)count << 32;
    blake2b_param parameters = {
        .digest_length = NODE_BYTES, .key_length = NODE_BYTES, .fanout = 1, .depth = 1, .node_offset = length};
    int status = hash(&parameters, key, input, sizeof input, root);
    parameters.key_length = parameters.fanout = parameters.depth = 0;
    parameters.leaf_length = parameters.inner_length = NODE_BYTES;
    for (uint32_t node = 0, at = 0; status == CORDON_CODING_OK && at < count; node++, at += NODE_BYTES) {
        parameters.digest_length = count - at < NODE_BYTES ? (uint8_t)(count - at) : NODE_BYTES;
        parameters.node_offset = length | node;
        status = hash(&parameters, NULL, root, sizeof root, output + at);
    }
    explicit_bzero(root, sizeof root);
    return status;
}
