#!/usr/bin/env python3
"""Runs calls on revm, one JSON object a line: {"deploy": hex}, {"call": hex} or {"read": hex}; answers a line each.

pip install pyrevm==0.3.7. The sender is always the same. A call is answered with "ok", "revert HEX" or "failed REASON".
"""
import json
import re
import sys

import pyrevm

SENDER = "0x" + "5e" * 20
machine, contract = None, None
for line in sys.stdin:
    question = json.loads(line)
    if "deploy" in question:
        machine = pyrevm.EVM()
        machine.set_balance(SENDER, 10**30)
        contract = machine.deploy(SENDER, bytes.fromhex(question["deploy"]))
        print(contract, flush=True)
        continue
    data = bytes.fromhex(question.get("call") or question["read"])
    isCall = "call" in question
    place = machine.snapshot()
    try:
        output = machine.message_call(SENDER, contract, calldata=data, gas=25_000_000, is_static=not isCall)
        print("ok" if isCall else bytes(output).hex(), flush=True)
        if isCall:
            machine.commit()
    except RuntimeError as error:
        machine.revert(place)
        output = re.fullmatch(r"Revert \{ gas_used: \d+, output: 0x([0-9a-f]*) \}", str(error))
        print(f"revert {output[1]}" if output else f"failed {error}", flush=True)
