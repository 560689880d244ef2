#!/usr/bin/env python3
"""A node of a chain of one, for tests: JSON-RPC on loopback over py-evm, each transaction a block of its own.

pip install 'eth-tester[py-evm]==0.14.0b1'. Prints its port. The accounts with the secrets 1 to 10 have funds.
--reverts-as-results answers a refused eth_call as older nodes do: with the revert data as an ordinary result.
"""
import argparse
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from eth.vm.spoof import SpoofTransaction
from eth_tester import PyEVMBackend
from eth_utils import decode_hex, encode_hex


class Reverted(Exception):
    def __init__(self, data):
        super().__init__("execution reverted")
        self.data = data


class Node:
    def __init__(self, reverts_as_results):
        self.chain = PyEVMBackend().chain
        self.reverts_as_results = reverts_as_results
        self.receipts = {}
        self.logs = []
        self.lock = threading.Lock()
        self.mine()

    def mine(self):
        self.chain.mine_block(coinbase=b"\x00" * 20)

    def head(self):
        return self.chain.get_block().header.block_number - 1

    def execute(self, call):
        vm = self.chain.get_vm()
        sender = decode_hex(call.get("from", "0x" + "00" * 20))
        transaction = vm.create_unsigned_transaction(
            nonce=vm.state.get_nonce(sender),
            gas_price=vm.state.base_fee,
            gas=int(call.get("gas", hex(28_000_000)), 16),
            to=decode_hex(call.get("to", "0x")),
            value=int(call.get("value", "0x0"), 16),
            data=decode_hex(call.get("data", call.get("input", "0x"))),
        )
        snapshot = vm.state.snapshot()
        try:
            # Whoever asks need not be able to pay, as with other nodes.
            vm.state.set_balance(sender, 10**24)
            computation = vm.state.apply_transaction(SpoofTransaction(transaction, from_=sender))
            return computation, transaction.intrinsic_gas + computation.get_gas_used()
        finally:
            vm.state.revert(snapshot)

    def send(self, raw):
        builder = self.chain.get_vm().get_transaction_builder()
        transaction = builder.decode(raw)
        block, receipt, computation = self.chain.apply_transaction(transaction)
        self.mine()
        number = block.header.block_number
        header = self.chain.get_canonical_block_header_by_number(number)
        name = encode_hex(transaction.hash)
        logs = [
            {
                "address": encode_hex(log.address), "topics": [encode_hex(t.to_bytes(32, "big")) for t in log.topics],
                "data": encode_hex(log.data), "blockNumber": hex(number), "blockHash": encode_hex(header.hash),
                "transactionHash": name, "transactionIndex": "0x0", "logIndex": hex(position), "removed": False,
            }
            for position, log in enumerate(receipt.logs)
        ]
        self.logs += logs
        self.receipts[name] = {
            "transactionHash": name, "blockNumber": hex(number), "blockHash": encode_hex(header.hash),
            "status": "0x1" if computation.is_success else "0x0", "gasUsed": hex(receipt.gas_used), "logs": logs,
            "contractAddress": None if transaction.to else encode_hex(computation.msg.storage_address),
        }
        return name

    def block(self, text):
        number = self.head() if text in ("latest", "pending", "safe", "finalized") else int(text, 16)
        if number > self.head():
            return None
        header = self.chain.get_canonical_block_header_by_number(number)
        return {
            "number": hex(number), "hash": encode_hex(header.hash), "parentHash": encode_hex(header.parent_hash),
            "timestamp": hex(header.timestamp), "gasLimit": hex(header.gas_limit),
            "baseFeePerGas": hex(header.base_fee_per_gas),
        }

    def call(self, method, parameters):
        state = self.chain.get_vm().state
        if method == "eth_chainId":
            return hex(self.chain.chain_id)
        if method == "web3_clientVersion":
            return "cordon-test-node/py-evm"
        if method == "eth_blockNumber":
            return hex(self.head())
        if method == "eth_gasPrice":
            return hex(state.base_fee + 10**9)
        if method == "eth_maxPriorityFeePerGas":
            return hex(10**9)
        if method == "eth_getBalance":
            return hex(state.get_balance(decode_hex(parameters[0])))
        if method == "eth_getTransactionCount":
            return hex(state.get_nonce(decode_hex(parameters[0])))
        if method == "eth_getCode":
            return encode_hex(state.get_code(decode_hex(parameters[0])))
        if method == "eth_getBlockByNumber":
            return self.block(parameters[0])
        if method in ("eth_call", "eth_estimateGas"):
            computation, gas = self.execute(parameters[0])
            if computation.is_error:
                data = computation.output
                if method == "eth_call" and self.reverts_as_results:
                    return encode_hex(data)
                raise Reverted(encode_hex(data))
            if method == "eth_call":
                return encode_hex(computation.output)
            return hex(gas)
        if method == "eth_sendRawTransaction":
            return self.send(decode_hex(parameters[0]))
        if method == "eth_getTransactionReceipt":
            return self.receipts.get(parameters[0])
        if method == "eth_getLogs":
            query = parameters[0]
            first, last = int(query["fromBlock"], 16), int(query["toBlock"], 16)
            wanted = query["topics"][0]
            return [
                log for log in self.logs
                if log["address"] == query["address"] and log["topics"][0] in wanted
                and first <= int(log["blockNumber"], 16) <= last
            ]
        if method == "evm_mine":
            self.mine()
            return "0x0"
        raise ValueError(f"the method {method} does not exist")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    node = None

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"jsonrpc": "2.0", "id": question["id"]}
        with self.node.lock:
            try:
                answer["result"] = self.node.call(question["method"], question.get("params", []))
            except Reverted as error:
                answer["error"] = {"code": 3, "message": str(error), "data": error.data}
            except Exception as error:
                answer["error"] = {"code": -32000, "message": f"{type(error).__name__}: {error}"}
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--reverts-as-results", action="store_true")
    arguments = parser.parse_args()
    Handler.node = Node(arguments.reverts_as_results)
    server = ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler)
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Ends with whoever started it.
    sys.stdin.read()
