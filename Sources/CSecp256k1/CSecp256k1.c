#include "CSecp256k1.h"

#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <string.h>

static int serialize(const secp256k1_pubkey *key, uint8_t public_key[64])
{
    uint8_t whole[65];
    size_t size = sizeof whole;
    secp256k1_ec_pubkey_serialize(secp256k1_context_static, whole, &size, key, SECP256K1_EC_UNCOMPRESSED);
    memcpy(public_key, whole + 1, 64);
    return 1;
}

int cordon_secp256k1_public_key(const uint8_t secret[32], uint8_t public_key[64])
{
    secp256k1_context *context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    secp256k1_pubkey key;
    int made = secp256k1_ec_pubkey_create(context, &key, secret) && serialize(&key, public_key);
    secp256k1_context_destroy(context);
    return made;
}

int cordon_secp256k1_sign(
    const uint8_t digest[32], const uint8_t secret[32], uint8_t signature[64], int *recovery_identifier)
{
    secp256k1_context *context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
    secp256k1_ecdsa_recoverable_signature made;
    int isMade = secp256k1_ecdsa_sign_recoverable(context, &made, digest, secret, NULL, NULL);
    if (isMade)
        secp256k1_ecdsa_recoverable_signature_serialize_compact(
            secp256k1_context_static, signature, recovery_identifier, &made);
    secp256k1_context_destroy(context);
    return isMade;
}

int cordon_secp256k1_recover(
    const uint8_t digest[32], const uint8_t signature[64], int recovery_identifier, uint8_t public_key[64])
{
    secp256k1_ecdsa_recoverable_signature parsed;
    secp256k1_pubkey key;
    if (recovery_identifier < 0 || recovery_identifier > 3)
        return 0;
    return secp256k1_ecdsa_recoverable_signature_parse_compact(
               secp256k1_context_static, &parsed, signature, recovery_identifier)
        && secp256k1_ecdsa_recover(secp256k1_context_static, &key, &parsed, digest)
        && serialize(&key, public_key);
}
