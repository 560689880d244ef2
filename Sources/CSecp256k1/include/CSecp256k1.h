// Signing with recovery on the curve secp256k1, by Debian's libsecp256k1 (RFC 6979 nonces, low s).
#ifndef CORDON_CSECP256K1_H
#define CORDON_CSECP256K1_H

#include <stdint.h>

/// The uncompressed public key without its first byte, x ‖ y. 0 when the secret is zero or not below the group's order.
int cordon_secp256k1_public_key(const uint8_t secret[32], uint8_t public_key[64]);

/// r ‖ s of the digest's signature, and which of four public keys it recovers to. 0 for an unusable secret.
int cordon_secp256k1_sign(
    const uint8_t digest[32], const uint8_t secret[32], uint8_t signature[64], int *recovery_identifier);

/// The public key, x ‖ y, that made the signature. 0 when there is none.
int cordon_secp256k1_recover(
    const uint8_t digest[32], const uint8_t signature[64], int recovery_identifier, uint8_t public_key[64]);

#endif
