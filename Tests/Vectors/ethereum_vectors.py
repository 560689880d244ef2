#!/usr/bin/env python3
"""Vectors of Keccak-256, RLP, ABI and signed transactions by other implementations.

pip install eth-account==0.14.0 (brings eth-hash, eth-abi, rlp); writes ethereum.json beside this file.
"""
import json
import os

import rlp
from eth_abi import encode
from eth_account import Account
from eth_utils import keccak, to_checksum_address

SECRETS = ["46" * 32, "%064x" % 1, "%064x" % 0xDEADBEEF]
TO = to_checksum_address("0x" + "35" * 20)

keccaks = [[bytes(i % 251 for i in range(n)).hex()] for n in (0, 1, 3, 135, 136, 137, 271, 272, 273, 1000)]
for row in keccaks:
    row.append(keccak(bytes.fromhex(row[0])).hex())

transactions = []
for secret in SECRETS:
    for nonce, fee, gas, to, value, data, chain in [
        (9, 20 * 10**9, 21000, TO, 10**18, "", 1),
        (0, 0, 5_000_000, None, 0, "60016000", 1337),
        (2**40, 1, 2**33, TO, 0, "ab" * 300, 131277322940537),
    ]:
        common = {"nonce": nonce, "gas": gas, "value": value, "data": "0x" + data, "chainId": chain}
        if to:
            common["to"] = to
        legacy = Account.sign_transaction({**common, "gasPrice": fee}, "0x" + secret)
        dynamic = Account.sign_transaction(
            {**common, "maxFeePerGas": 2 * fee + 7, "maxPriorityFeePerGas": fee, "type": 2}, "0x" + secret
        )
        transactions.append({
            "secret": secret, "address": Account.from_key("0x" + secret).address[2:].lower(), "nonce": nonce,
            "fee": fee, "gas": gas, "to": to[2:].lower() if to else None, "value": value, "data": data,
            "chain": chain, "legacy": legacy.raw_transaction.hex().removeprefix("0x"),
            "dynamic": dynamic.raw_transaction.hex().removeprefix("0x"),
        })

calls = {
    "append": encode(
        ["uint64", "uint64", "uint16", "bytes", "bytes", "bytes", "uint8", "bytes32"],
        [7, 1_700_000_000_000, 3, b"\x01" * 33, b"\x02" * 64, b"", 1, b"\x03" * 32],
    ).hex(),
    "constructor": encode(
        ["address", "address[]", "uint256[7]", "uint256"], [TO, [TO, "0x" + "11" * 20], list(range(1, 8)), 30_000]
    ).hex(),
}
items = {"nested": rlp.encode([b"", b"\x7f", b"\x80", b"a" * 55, b"a" * 56, [b"x" * 300, []]]).hex()}
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "ethereum.json")
with open(path, "w") as out:
    json.dump({"keccak": keccaks, "transactions": transactions, "abi": calls, "rlp": items}, out, indent=1)
    out.write("\n")
