"""Computes decisions again from their certificates alone.

Written from libs/audit/RULES.md and from what DMN, FEEL and the calendar's words say; shares no code with the system
and needs nothing but Python. Usage: evaluate.py FILE.jsonl ...   Each line: {"certificate": text, "rule": text or null}.
Prints one JSON object: how many agree, how many a person weighed, and every one that differs. Exit 1 when one differs.
"""
import hashlib
import json
import re
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

UNDETERMINED = object()
BEIJING = timezone(timedelta(hours=8))


def canonical(value):
    """RFC 8785 for what certificates hold: texts, whole numbers, plain decimals, lists, objects."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


# --- decision tables -------------------------------------------------------------------------------------------------

TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|<=|>=|\.\.|-?\d+(?:\.\d+)?|[\[\]()<>=,+-]|[A-Za-z_]\w*)')


def tokens(cell):
    found, at = [], 0
    while at < len(cell.rstrip()):
        match = TOKEN.match(cell, at)
        if not match:
            raise ValueError("cell not understood: " + cell)
        found.append(match.group(1))
        at = match.end()
    return found


def literal(token):
    if token.startswith('"'):
        return json.loads(token)
    if token in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[token]
    if re.fullmatch(r"-?\d+(\.\d+)?", token):
        return Decimal(token)
    raise ValueError("no literal: " + token)


def number(value):
    return Decimal(str(value)) if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) else None


def equal(a, b):
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return a is b
    if number(a) is not None and number(b) is not None:
        return number(a) == number(b)
    return type(a) is type(b) and a == b


def compare(op, value, limit):
    left, right = number(value), number(limit)
    if left is None or right is None:
        if not (isinstance(value, str) and isinstance(limit, str)):
            return False
        left, right = value, limit
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[op]


class Test:
    """A unary test: alternatives separated by commas, a negation around them, comparisons, ranges, literals."""

    def __init__(self, cell):
        self.left = tokens(cell)

    def take(self):
        return self.left.pop(0)

    def alternatives(self, value):
        holds = self.one(value)
        while self.left and self.left[0] == ",":
            self.take()
            holds = self.one(value) or holds
        return holds

    def one(self, value):
        token = self.take()
        if token == "not":
            assert self.take() == "("
            holds = self.alternatives(value)
            assert self.take() == ")"
            return not holds
        if token in ("<", "<=", ">", ">="):
            return compare(token, value, literal(self.take()))
        if token in ("[", "(", "]"):
            low = literal(self.take())
            assert self.take() == ".."
            high = literal(self.take())
            close = self.take()
            return compare(">=" if token == "[" else ">", value, low) and compare("<=" if close == "]" else "<", value, high)
        return equal(value, literal(token))


def holds(cell, value):
    if cell.strip() == "-":
        return True
    test = Test(cell)
    result = test.alternatives(value)
    if test.left:
        raise ValueError("cell not understood: " + cell)
    return result


def of_type(kind, value):
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "string":
        return isinstance(value, str)
    if kind == "number":
        return number(value) is not None
    return True


def table(rule, inputs):
    values = [inputs.get(column["expression"]) for column in rule["inputs"]]
    for column, value in zip(rule["inputs"], values):
        if value is None:
            if not column.get("mayLack"):
                return UNDETERMINED
            continue
        if column.get("type") and not of_type(column["type"], value):
            return UNDETERMINED
        if column.get("allowed") and not holds(column["allowed"], value):
            return UNDETERMINED
    hits = [row for row in rule["rules"] if all(holds(cell, value) for cell, value in zip(row["when"], values))]
    if not hits:
        return UNDETERMINED
    made = []
    for row in hits:
        cells = [plain(output(cell, inputs)) for cell in row["then"]]
        made.append(cells[0] if len(cells) == 1 else {column["name"]: cell for column, cell in zip(rule["outputs"], cells)})
    if rule["hitPolicy"] == "COLLECT":
        return made
    if rule["hitPolicy"] == "UNIQUE" and len(made) > 1:
        return UNDETERMINED
    if rule["hitPolicy"] == "ANY" and any(one != made[0] for one in made):
        return UNDETERMINED
    return made[0]


def output(cell, inputs):
    """A cell of an output column: a literal, an input by its name, or a sum or difference of these."""
    left = tokens(cell)

    def term():
        token = left.pop(0)
        return number(inputs[token]) if re.fullmatch(r"[A-Za-z_]\w*", token) and number(inputs.get(token)) is not None else inputs[token] if token in inputs else literal(token)

    value = term()
    while left:
        sign = left.pop(0)
        if sign not in "+-":
            raise ValueError("cell not understood: " + cell)
        value = value + term() if sign == "+" else value - term()
    return value


def plain(value):
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


# --- dates -----------------------------------------------------------------------------------------------------------

def day(text):
    return date.fromisoformat(text)


def rolled(last, roll, known):
    """A last day that is a day off moves on to the next one that is worked; every day looked up is in the rule."""
    looked = []
    if roll == "forward":
        while True:
            looked.append(known[last.isoformat()])
            if looked[-1]["working"]:
                break
            last += timedelta(days=1)
    return last, looked


def allowed_own(rule, own, limit):
    return bool(rule["mayBringForward"]) and rule["opensOn"] <= own <= rule["closesOn"] and own <= limit and (rule["notBefore"] is None or own >= rule["notBefore"])


def printed_date(rule, inputs):
    if rule["printed"] is None:
        return UNDETERMINED
    last = day(rule["printed"]) if rule["inclusive"] else day(rule["printed"]) - timedelta(days=1)
    last, looked = rolled(last, rule["roll"], {one["on"]: one for one in rule["days"]})
    limit, own = last.isoformat(), inputs["own"]
    return {"dueOn": own if own is not None and allowed_own(rule, own, limit) else limit, "limitOn": limit, "firm": all(one["firm"] for one in looked)}


def add_months(start, months):
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(start.day, (following - timedelta(days=1)).day))


def period(rule, inputs):
    if inputs["eventOn"] is None:
        return UNDETERMINED
    after = rule["after"]
    if after is None:
        return {"dueOn": None, "firm": True, "counted": []}
    start, known = day(inputs["eventOn"]), {one["on"]: one for one in rule["days"]}
    looked = []
    if after.get("immediately"):
        last, counted = start, [start]
    else:
        if "workingDays" in after:
            last, counted = start, []
            while len(counted) < after["workingDays"]:
                last += timedelta(days=1)
                looked.append(known[last.isoformat()])
                if looked[-1]["working"]:
                    counted.append(last)
        elif "days" in after:
            counted = [start + timedelta(days=1 + n) for n in range(after["days"])]
            last = counted[-1] if counted else start
        else:
            last = add_months(start, after["months"] if "months" in after else 12 * after["years"])
            counted = [last]
        last, more = rolled(last, rule["roll"], known)
        looked += more
    if not rule["inclusive"]:
        last -= timedelta(days=1)
        counted = [one for one in counted if one < last]
    return {"dueOn": last.isoformat(), "firm": all(one["firm"] for one in looked), "counted": [one.isoformat() for one in counted]}


def amended_date(_rule, inputs):
    before, on = inputs["before"], inputs["on"]
    due, limit = before["dueOn"], before["limitOn"]
    if inputs["scope"] == "stage" and due is not None and limit is not None and due < limit and due <= on:
        return {"dueOn": due, "limitOn": on, "firm": before["firm"]}
    return {"dueOn": on, "limitOn": on, "firm": True}


def own_date(rule, inputs):
    if not allowed_own(rule, inputs["own"], inputs["limitOn"]):
        return UNDETERMINED
    return {"dueOn": inputs["own"], "limitOn": inputs["limitOn"], "firm": inputs["firm"]}


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def lateness(_rule, inputs):
    if inputs["dueOn"] is None or not inputs["firm"]:
        return UNDETERMINED
    following = day(inputs["dueOn"]) + timedelta(days=1)
    end = datetime(following.year, following.month, following.day, tzinfo=BEIJING)

    def said(name, at):
        if name in inputs.get("corrects", []):
            return "in-time"
        if at is None:
            return "overdue" if instant(inputs["asOf"]) >= end else "open"
        return "late" if instant(at) >= end else "in-time"

    return {name: said(name, at) for name, at in inputs["done"].items()}


# --- the rest --------------------------------------------------------------------------------------------------------

def consequence(rule, inputs):
    missed = inputs["state"] in ("late", "overdue")
    return {"consequence": rule["consequence"] if missed else None, "until": rule["until"] if missed else None}


def scope(rule, inputs):
    if not inputs["filed"]:
        return "idle"
    if not rule["operating"] or inputs["operating"] is True:
        return "in"
    return "idle" if inputs["operating"] is False else UNDETERMINED


def sample_size(rule, of):
    size = rule["size"]
    if "count" in size:
        many = size["count"]
    else:
        part, whole = (size["percent"], 100) if "percent" in size else map(int, size["ratio"].split("/"))
        product = of * part
        many = {"up": -(-product // whole), "down": product // whole, "nearest": (2 * product + whole) // (2 * whole)}[rule["rounding"]]
    return min(of, max(many, rule["min"] or 0))


def draw(rule, inputs):
    pool, seed = inputs["pool"], inputs["seed"]
    many = inputs["size"] if rule["size"] is None else sample_size(rule, len(pool))
    if seed == "" or len(set(pool)) < len(pool) or "" in pool or many > len(pool):
        return UNDETERMINED
    ranked = sorted(pool, key=lambda one: sha256(seed + "\n" + one))
    return {"poolSha256": sha256("".join(one + "\n" for one in sorted(pool))), "size": many, "result": ranked[:many]}


def include(rule, inputs):
    return inputs["ground"] in rule["include"] + rule["reopens"]


def target(rule, inputs):
    numerator, denominator = inputs["numerator"], inputs["denominator"]
    if denominator == 0 and (numerator or 0) == 0:
        return {"state": "not-applicable", "percent": None}
    if numerator is None or denominator is None or numerator > denominator:
        return UNDETERMINED
    reached, asked = Decimal(numerator) * 100, Decimal(rule["percent"]) * denominator
    cut = numerator * 10000 // denominator
    met = reached == asked if rule["op"] == "=" else reached >= asked
    return {"state": "met" if met else "not-met", "percent": "%d.%02d" % divmod(cut, 100)}


def public_record(rule, inputs):
    register = inputs["register"]
    if register["filing"] is None:
        return None
    record = {name: register.get(field) for field, name in rule["institution"].items()}
    record.update({name: register["filing"].get(field) for field, name in rule["filing"].items()})
    return record


FORMS = {
    "table": table, "date": printed_date, "period": period, "amended-date": amended_date, "own-date": own_date, "lateness": lateness,
    "consequence": consequence, "scope": scope, "draw": draw, "include": include, "target": target, "public-record": public_record,
}


def judge(line):
    kept = json.loads(line)
    certificate = json.loads(kept["certificate"])
    if sha256(canonical(certificate["inputs"])) != certificate["inputsSha256"]:
        return "inputs are not those that were hashed", certificate
    if certificate["basis"] == "person":
        return "person", certificate
    if certificate["rule"] is None:
        return "stands", certificate
    if kept["rule"] is None or sha256(kept["rule"]) != certificate["rule"]["sha256"]:
        return "the rule is not the one that was hashed", certificate
    made = FORMS[certificate["rule"]["form"]](json.loads(kept["rule"]), certificate["inputs"])
    determined, outcome = made is not UNDETERMINED, None if made is UNDETERMINED else made
    if determined != certificate["determined"] or canonical(outcome) != canonical(certificate["outcome"]):
        return "computed " + canonical(outcome), certificate
    return "same", certificate


def main(paths):
    counts, forms, differing = {"same": 0, "person": 0, "stands": 0}, {}, []
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in filter(str.strip, lines):
                verdict, certificate = judge(line)
                if verdict in counts:
                    counts[verdict] += 1
                else:
                    differing.append({"id": certificate["id"], "kind": certificate["kind"], "subject": certificate["subject"], "why": verdict, "outcome": certificate["outcome"]})
                form = certificate["rule"]["form"] if certificate["rule"] else certificate["basis"]
                forms[form] = forms.get(form, 0) + 1
    print(json.dumps({**counts, "different": len(differing), "forms": forms, "differing": differing[:20]}, ensure_ascii=False))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
