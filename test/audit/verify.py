#!/usr/bin/env python3
"""A verifier written from libs/audit/LOG.md alone, with Python's own library (and `cryptography`, or else openssl, for Ed25519).

verify.py portal URL --key BASE64 --held FILE     today's head continues every head held; keeps it beside them
verify.py tables FILE                             one document { key, installation, held, witnesses, tables }
verify.py serve                                   the same, one document a line, one answer a line
"""
import argparse
import base64
import binascii
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from urllib.error import HTTPError
from urllib.request import urlopen

LEAF, NODE = b"\x00", b"\x01"


def sha(data):
    return hashlib.sha256(data).digest()


def canonical(value):
    # Enough for heads: names and numbers of ASCII, whole numbers only.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# ---- Ed25519 -------------------------------------------------------------------------------------------------------
try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    def ed25519(spki, message, signature):
        try:
            load_der_public_key(spki).verify(signature, message)
            return True
        except (InvalidSignature, ValueError):
            return False
except ImportError:
    def ed25519(spki, message, signature):
        with tempfile.TemporaryDirectory() as folder:
            paths = {}
            for name, content in (("key", spki), ("message", message), ("signature", signature)):
                paths[name] = os.path.join(folder, name)
                with open(paths[name], "wb") as file:
                    file.write(content)
            return subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", paths["key"], "-rawin", "-in", paths["message"], "-sigfile", paths["signature"]], capture_output=True).returncode == 0

seen = {}


def signed(public_key, value, signature):
    name = (public_key, canonical(value), signature)
    if name not in seen:
        try:
            seen[name] = ed25519(base64.b64decode(public_key, validate=True), name[1], base64.b64decode(signature, validate=True))
        except (binascii.Error, ValueError):
            seen[name] = False
    return seen[name]


# ---- RFC 9162 §2.1 -------------------------------------------------------------------------------------------------
def below(n):
    return 1 << (n - 1).bit_length() - 1


class Leaves:
    """Roots over ranges of leaves, by the definition; each computed once."""

    def __init__(self, leaves):
        self.leaves, self.known = leaves, {}

    def root(self, start, end):
        if end == start:
            return sha(b"")
        if end - start == 1:
            return self.leaves[start]
        if (start, end) not in self.known:
            middle = start + below(end - start)
            self.known[start, end] = sha(NODE + self.root(start, middle) + self.root(middle, end))
        return self.known[start, end]


def consistent(m, first, n, second, path):
    if m == n:
        return first == second and not path
    if m == 0 or m > n or not path and m & (m - 1):
        return False
    path = list(path)
    if m & (m - 1) == 0:
        path.insert(0, first)
    fn, sn = m - 1, n - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = sha(NODE + c + fr), sha(NODE + c + sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha(NODE + sr + c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first and sr == second


# ---- §3 heads ------------------------------------------------------------------------------------------------------
def head_ok(it, key, installation):
    head = {name: it["head"][name] for name in ("v", "installation", "size", "root", "at")}
    return head["v"] == 1 and head["installation"] == installation and it["key"] == sha(base64.b64decode(key)).hex() and signed(key, head, it["signature"])


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def raw(hexed):
    return bytes.fromhex(hexed[2:])


# ---- §5 with the tables --------------------------------------------------------------------------------------------
def check_tables(given):
    key, installation, held, tables = given["key"], given["installation"], given["held"], given["tables"]
    found = []
    say = lambda kind, subject: found.append([kind, str(subject)])

    rows = sorted(tables["workflows.log_leaf"], key=lambda row: row["idx"])
    if [row["idx"] for row in rows] != list(range(len(rows))):
        say("gap", len(rows))
    tree = Leaves([raw(row["leaf"]) for row in rows])
    stored = {}
    for row in tables["workflows.tree_head"]:
        it = {"head": {"v": 1, **{name: row[name] for name in ("installation", "size", "root", "at")}}, "key": row["key"], "signature": row["signature"]}
        stored[row["size"]] = it
        if not head_ok(it, key, installation):
            say("head not signed", row["size"])
        if row["size"] > len(rows) or tree.root(0, row["size"]).hex() != row["root"]:
            say("head of another log", row["size"])
    for it in held:
        size, root = it["head"]["size"], it["head"]["root"]
        if not head_ok(it, key, installation):
            say("held head not signed", size)
        elif size > len(rows):
            say("shorter than held", size)
        elif tree.root(0, size).hex() != root:
            say("not the log of the head held", size)
        if size not in stored or stored[size]["head"]["root"] != root:
            say("held head no longer stored", size)
    if len(rows) != max(stored, default=0):
        say("leaves beyond the newest head", len(rows))
    for row in tables["workflows.log_key"]:
        if row["public_key"] != key or row["key"] != sha(base64.b64decode(key)).hex():
            say("unknown key", row["key"])
    nodes = {(row["level"], row["idx"]): raw(row["hash"]) for row in tables["workflows.log_node"]}
    wanted = {(level, idx): tree.root(idx << level, idx + 1 << level) for level in range(1, len(rows).bit_length()) for idx in range(len(rows) >> level)}
    for name in nodes.keys() | wanted.keys():
        if nodes.get(name) != wanted.get(name):
            say("subtree", name)
    for row in tables["workflows.countersignature"]:
        witness, it = given.get("witnesses", {}).get(row["witness"]), stored.get(row["size"])
        if not witness or not it or it["head"]["root"] != row["root"] or not signed(witness, {**it["head"], "witness": row["witness"]}, row["signature"]):
            say("countersignature", row["size"])

    logged = {row["entry_id"]: row for row in rows}
    for room in sorted({name.split(".")[0] for name in tables}):
        check_room(room, tables, logged, say)
    for row in logged.values():
        say("leaf without entry", row["entry_id"])
    return {"ok": not found, "found": found[:20]}


def check_room(room, tables, logged, say):
    part = lambda name: tables.get(f"{room}.{name}", [])
    certificates, facts = {row["id"]: row for row in part("certificate")}, {row["id"]: row for row in part("outbox")}
    for row in part("command_entry"):
        text = row["body"].encode()
        entry = json.loads(text)
        leaf = sha(LEAF + text)
        if leaf != raw(row["leaf"]) or entry["id"] != row["id"] or entry["room"] != room or instant(entry["at"]) != instant(row["at"]):
            say("entry", row["id"])
        log = logged.pop(row["id"], None)
        if not log or raw(log["leaf"]) != leaf or log["room"] != room:
            say("entry and log", row["id"])
        for claim in entry["certificates"]:
            it = certificates.pop(claim["id"], None)
            if not it or sha(it["body"].encode()).hex() != claim["sha256"] or it["sha256"] != claim["sha256"] or not same_certificate(it, row["id"]):
                say("certificate", claim["id"])
        for claim in entry["facts"]:
            it = facts.pop(claim["id"], None)
            if not it or sha(it["body"].encode()).hex() != claim["sha256"] or it["type"] != claim["type"] or json.loads(it["body"])["subject"] != it["key"]:
                say("fact", claim["id"])
    for name in certificates:
        say("certificate nobody claims", name)
    for name in facts:
        say("fact nobody claims", name)
    for row in part("rule_text"):
        if sha(row["body"].encode()).hex() != row["sha256"]:
            say("rule text", row["sha256"])


def same_certificate(row, entry):
    said = json.loads(row["body"])
    return all(said[name] == row[name] for name in ("id", "kind", "subject", "jurisdiction")) and instant(said["at"]) == instant(row["at"]) \
        and said.get("about", []) == row["about"] and row["entry"] in (None, entry)


# ---- §5 with heads only --------------------------------------------------------------------------------------------
def check_portal(url, key, path):
    def get(rest):
        try:
            return json.load(urlopen(f"{url.rstrip('/')}/public/v1/log/{rest}", timeout=20))
        except HTTPError as error:  # what it cannot show is not shown
            return {"path": [], "refused": error.code}

    held = json.load(open(path)) if os.path.exists(path) else []
    now = get("head")
    found = []
    if "refused" in now:
        return {"ok": not held, "found": [["no head", str(now["refused"])]] if held else [], "size": 0}
    size, root = now["head"]["size"], bytes.fromhex(now["head"]["root"])
    installation = held[0]["head"]["installation"] if held else now["head"]["installation"]
    if not head_ok(now, key, installation):
        found.append(["head not signed", str(size)])
    for it in held:
        m = it["head"]["size"]
        if not head_ok(it, key, installation):
            found.append(["held head not signed", str(m)])
        elif m > size:
            found.append(["shorter than held", str(m)])
        elif not consistent(m, bytes.fromhex(it["head"]["root"]), size, root, [bytes.fromhex(h) for h in (get(f"proof?from={m}&to={size}")["path"] if m < size else [])]):
            found.append(["not a continuation", str(m)])
    if not found and all(it["head"]["size"] != size for it in held):
        with open(path, "w") as file:
            json.dump(held + [{name: now[name] for name in ("head", "key", "signature")}], file)
    return {"ok": not found, "found": found, "size": size}


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("what", choices=["portal", "tables", "serve"])
    args.add_argument("where", nargs="?")
    args.add_argument("--key")
    args.add_argument("--held", default="held.json")
    given = args.parse_args()
    if given.what == "serve":
        for line in sys.stdin:
            try:
                answer = check_tables(json.loads(line))
            except Exception as error:  # what cannot be read is not in order
                answer = {"ok": False, "found": [["unreadable", repr(error)]]}
            print(json.dumps(answer), flush=True)
        return 0
    answer = check_portal(given.where, given.key, given.held) if given.what == "portal" else check_tables(json.load(open(given.where)))
    print(json.dumps(answer, ensure_ascii=False))
    return 0 if answer["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
