#!/usr/bin/env python3
"""Hosts on one machine, joined by a network that loses and delays packets: a network namespace with a TUN device each,
and this process as the router between them (root, Linux, iproute2).

usage: lossy-network.py [--hosts 5] [--loss 0.05] [--delay-seconds 0.05] [--cut FILE]

Host i is the namespace cordon-i with the address 10.77.0.(i+1). While FILE exists, its words name hosts that are cut off;
"2>" cuts only what host 2 sends, ">2" only what it is sent. Prints "ready", and removes the namespaces when it ends.
"""
import argparse
import ctypes
import fcntl
import heapq
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
QUEUE_MAX = 100_000


def tun_in(namespace, address):
    """A TUN device in the namespace; its file descriptor works from anywhere."""
    libc = ctypes.CDLL(None, use_errno=True)
    own = os.open("/proc/self/ns/net", os.O_RDONLY)
    theirs = os.open(f"/run/netns/{namespace}", os.O_RDONLY)
    if libc.setns(theirs, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")
    try:
        descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH", b"net0", IFF_TUN | IFF_NO_PI))
    finally:
        libc.setns(own, CLONE_NEWNET)
        os.close(own)
        os.close(theirs)
    for command in (
        ["ip", "-n", namespace, "addr", "add", f"{address}/24", "dev", "net0"],
        ["ip", "-n", namespace, "link", "set", "net0", "up"],
        ["ip", "-n", namespace, "link", "set", "lo", "up"],
    ):
        subprocess.run(command, check=True)
    return descriptor


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=5)
    parser.add_argument("--loss", type=float, default=0.05)
    parser.add_argument("--delay-seconds", type=float, default=0.05)
    parser.add_argument("--cut")
    options = parser.parse_args()
    names = [f"cordon-{i}" for i in range(options.hosts)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    for name in names:
        subprocess.run(["ip", "netns", "del", name], stderr=subprocess.DEVNULL)
        subprocess.run(["ip", "netns", "add", name], check=True)
    try:
        route(options, [tun_in(name, f"10.77.0.{i + 1}") for i, name in enumerate(names)])
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], stderr=subprocess.DEVNULL)


def route(options, devices):
    host_of = {device: host for host, device in enumerate(devices)}
    chance = random.Random(1)
    queue, count, lost = [], 0, 0
    cut, looked = set(), 0.0
    print("ready", flush=True)
    while True:
        now = time.monotonic()
        if options.cut and now - looked > 0.1:
            looked = now
            try:
                with open(options.cut) as words:
                    cut = set(words.read().split())
            except FileNotFoundError:
                cut = set()
        while queue and queue[0][0] <= now:
            _, _, target, packet = heapq.heappop(queue)
            try:
                os.write(devices[target], packet)
            except OSError:
                lost += 1
        pause = min(0.1, max(0.0, queue[0][0] - now)) if queue else 0.1
        for device in select.select(devices, [], [], pause)[0]:
            source = host_of[device]
            for _ in range(64):
                try:
                    packet = os.read(device, 65536)
                except BlockingIOError:
                    break
                target = packet[19] - 1 if len(packet) >= 20 and packet[0] >> 4 == 4 else -1
                isolated = {str(source), f"{source}>", str(target), f">{target}"} & cut
                if not 0 <= target < len(devices) or isolated or chance.random() < options.loss:
                    lost += 1
                elif len(queue) < QUEUE_MAX:
                    count += 1
                    heapq.heappush(queue, (time.monotonic() + options.delay_seconds, count, target, packet))


if __name__ == "__main__":
    main()
