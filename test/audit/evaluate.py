"""Computes decisions again from their certificates alone.

Written from libs/audit/RULES.md and from what DMN, FEEL and the calendar's words say; shares no code with the system
and needs nothing but Python. Usage: evaluate.py FILE.jsonl ...   Each line: {"certificate": text, "rule": text or null}.
Prints one JSON object: how many agree, how many a person weighed, and every one that differs. Exit 1 when one differs.
"""
import hashlib
import json
import math
import re
import sys
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, getcontext
from fractions import Fraction

UNDETERMINED = object()
BEIJING = timezone(timedelta(hours=8))
getcontext().prec = 60


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
    lines = register.get("lines") or [] if "lines" in rule else []
    if register["filing"] is None and not lines:
        return None
    record = {name: register.get(field) for field, name in rule["institution"].items()}
    if register["filing"] is None:
        record.update(rule["unfiled"])
    else:
        record.update({name: register["filing"].get(field) for field, name in rule["filing"].items()})
    if "lines" in rule:
        record["lines"] = [{name: line.get(field) for field, name in rule["lines"].items()} for line in lines]
    return record


# --- laboratory comparisons (ISO 13528:2022) -------------------------------------------------------------------------

def printed(value, places):
    """A double or an exact number to so many places, a half to the even digit, as text."""
    exact = value if isinstance(value, Fraction) else Fraction(repr(value))
    step = Fraction(10) ** places
    units = round(exact * step)  # Python rounds a half of a Fraction to the even neighbour
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(places + 1, "0")
    return sign + digits if places == 0 else sign + digits[:-places] + "." + digits[-places:]


def in_order(numbers):
    total = 0.0
    for one in numbers:  # one by one: sum() of newer Pythons compensates
        total += one
    return total


def middle(numbers):
    half = len(numbers) // 2
    return numbers[half] if len(numbers) % 2 else (numbers[half - 1] + numbers[half]) / 2


def deviation_around(numbers, centre):
    return math.sqrt(in_order([(one - centre) ** 2 for one in numbers]) / (len(numbers) - 1))


def quartile(numbers, share):
    at = (len(numbers) - 1) * share
    low = math.floor(at)
    high = min(low + 1, len(numbers) - 1)
    return numbers[low] + (numbers[high] - numbers[low]) * (at - low)


def algorithm_a(numbers):
    centre = middle(numbers)
    spread = 1.483 * middle(sorted(abs(one - centre) for one in numbers))
    if spread == 0:
        spread = deviation_around(numbers, in_order(numbers) / len(numbers))
    negligible = 1e-6 * spread
    for _ in range(10_000):
        reach = 1.5 * spread
        drawn = [min(max(one, centre - reach), centre + reach) for one in numbers]
        mean = in_order(drawn) / len(drawn)
        scale = 1.134 * deviation_around(drawn, mean)
        still = abs(mean - centre) <= 1e-6 * abs(scale) and abs(scale - spread) <= 1e-6 * scale
        centre, spread = mean, scale
        if spread <= negligible:
            return centre, 0.0
        if still:
            return centre, spread
    return None


def robust(how, numbers):
    if len(numbers) < how["least"]:
        return None
    found = algorithm_a(numbers) if how["by"] == "algorithm-a" else (middle(numbers), 0.7413 * (quartile(numbers, 0.75) - quartile(numbers, 0.25)))
    if found is None:
        return None
    mean, sd = found
    return tuple(printed(one, how["places"]) for one in (mean, sd, 1.25 * sd / math.sqrt(len(numbers))))


def assigned_value(rule, inputs):
    numbers, fixed = sorted(float(one) for one in inputs["results"]), inputs["fixed"]
    how, spread = rule["assigned"], rule.get("deviation")
    if how["by"] == "fixed":
        value, uncertainty = how.get("value") or fixed.get("value"), how.get("uncertainty") or fixed.get("uncertainty")
    else:
        found = robust(how, numbers)
        if found is None:
            return UNDETERMINED
        value, uncertainty = found[0], found[2]
    if value is None:
        return UNDETERMINED
    if spread is None:
        sd = None
    elif spread["by"] == "fixed":
        sd = spread.get("value") or fixed.get("sd")
    elif spread["by"] == "percent":
        sd = format(Decimal(value) * Decimal(spread["percent"]) * Decimal("0.01"), "f")
    else:
        found = robust(spread, numbers)
        sd = found and found[1]
    if spread is not None and sd is None:
        return UNDETERMINED
    return {"value": value, "sd": sd, "uncertainty": uncertainty, "participants": len(numbers)}


def places_of(text):
    return len(text.partition(".")[2])


def root_of(squares):
    """The square root of a sum of squares of decimals, as a double: from the exact sum's digits, as a reader would type it."""
    total = sum((Fraction(one) ** 2 for one in squares), Fraction(0))
    digits = max(2 * places_of(one) for one in squares)
    return math.sqrt(int(total * 10 ** digits) / 10 ** digits)


def score_of(measurand, result, against):
    if against is None or against.get("value") is None:
        return {"score": None, "verdict": None, "missing": "assigned"}
    kind = measurand["score"]
    sd, assigned_u, own_u = against.get("sd"), against.get("uncertainty"), result.get("uncertainty")
    if kind in ("z", "z-prime"):
        if sd is None or Fraction(sd) <= 0:
            return {"score": None, "verdict": None, "missing": "sd"}
        squares = [sd]
    else:
        if own_u is None or Fraction(own_u) <= 0:
            return {"score": None, "verdict": None, "missing": "uncertainty"}
        squares = [own_u]
    if kind != "z":
        if assigned_u is None:
            return {"score": None, "verdict": None, "missing": "assigned-uncertainty"}
        squares.append(assigned_u)
    difference = Fraction(result["value"]) - Fraction(against["value"])
    digits = max(places_of(result["value"]), places_of(against["value"]))
    score = printed(int(difference * 10 ** digits) / 10 ** digits / root_of(squares), 2)
    limits = measurand.get("limits") or (
        {"satisfactory": "1", "satisfactoryIncluded": True, "unsatisfactory": "1", "unsatisfactoryIncluded": False} if kind == "en"
        else {"satisfactory": "2", "satisfactoryIncluded": True, "unsatisfactory": "3", "unsatisfactoryIncluded": True})
    square, by = difference ** 2, sum((Fraction(one) ** 2 for one in squares), Fraction(0))
    low, high = Fraction(limits["satisfactory"]) ** 2 * by, Fraction(limits["unsatisfactory"]) ** 2 * by
    if square < low or (square == low and limits["satisfactoryIncluded"]):
        verdict = "satisfactory"
    elif square > high or (square == high and limits["unsatisfactoryIncluded"]):
        verdict = "unsatisfactory"
    else:
        verdict = "questionable"
    return {"score": score, "verdict": verdict}


def amount(measurands, scores, count, weighted):
    """So much of what is counted; None where it cannot be known."""
    def weight(one):
        return Fraction(one["weight"]) if weighted else Fraction(1)

    def points(one, verdict):
        return Fraction((one.get("points") or {}).get(verdict, "0"))

    there = [one for one in measurands if one["id"] in scores]
    items = [one for one in measurands if not one["optional"] or one["id"] in scores]
    if count == "items":
        return sum((weight(one) for one in items), Fraction(0))
    if count == "reported":
        return sum((weight(one) for one in there), Fraction(0))
    if count == "missing":
        return sum((weight(one) for one in items if one["id"] not in scores), Fraction(0))
    if count == "most-points":
        return sum((points(one, "satisfactory") * weight(one) for one in items), Fraction(0))
    verdicts = {one["id"]: scores[one["id"]]["verdict"] for one in there}
    if None in verdicts.values():
        return None
    if count == "points":
        return sum((points(one, verdicts[one["id"]]) * weight(one) for one in there), Fraction(0))
    return sum((weight(one) for one in there if verdicts[one["id"]] == count), Fraction(0))


def proficiency(rule, inputs):
    measurands, results = rule["measurands"], inputs["results"]
    scores = {one["id"]: score_of(one, results[one["id"]], inputs["assigned"].get(one["id"])) for one in measurands if one["id"] in results}
    lacking = [one for one in measurands if not one["optional"] and one["id"] not in results]
    made = {}
    for name, how in rule["inputs"].items():
        of = [one for one in measurands if how.get("part") is None or one.get("part") == how["part"]]
        value = amount(of, scores, how["count"], how["weighted"])
        if value is not None and how.get("per") is not None:
            whole = amount(of, scores, how["per"], how["weighted"])
            value = None if not whole else value * 100 / whole
        made[name] = None if value is None else int(value) if value.denominator == 1 else value.numerator / value.denominator
    return {"scores": scores, "partial": len(lacking) > 0 if rule.get("minimum") is None else len(scores) < rule["minimum"], "inputs": made}


def participation(rule, inputs):
    said = rule.get(inputs["unrated"])
    return said["result"] if isinstance(said, dict) else UNDETERMINED


# --- scores of indicators --------------------------------------------------------------------------------------------

def written(value):
    """A fraction as a plain decimal without idle zeros; None where six places do not hold it."""
    scaled = value * 10 ** 6
    if scaled.denominator != 1:
        return None
    text = "%d.%06d" % divmod(scaled.numerator, 10 ** 6)
    return text.rstrip("0").rstrip(".")


def entry_points(rule, item, entry):
    """What an entry comes to; None where it says nothing, ValueError where the set does not allow it."""
    most = Fraction(item["points"])
    if "score" in entry and "counts" in entry:
        raise ValueError("two ways at once")
    if "score" in entry:
        if not re.fullmatch(r"\d{1,9}(\.\d{1,6})?", entry["score"]):
            raise ValueError("no score")
        points = Fraction(entry["score"])
        if points > most or (points / Fraction(rule["grid"])).denominator != 1:
            raise ValueError("not on the grid")
        return points
    if "counts" not in entry:
        return None
    if not item["deductions"] or set(entry["counts"]) - {one["id"] for one in item["deductions"]} or any(count < 0 for count in entry["counts"].values()):
        raise ValueError("no such deduction")
    points = most
    for one in item["deductions"]:
        taken = entry["counts"].get(one["id"], 0) * Fraction(one["points"])
        points -= min(taken, Fraction(one["most"])) if "most" in one else taken
    return max(points, Fraction(0))


def key_failed(item, entry, points):
    counts = entry.get("counts", {})
    if any(one["failsKey"] and counts.get(one["id"], 0) > 0 for one in item["deductions"]):
        return True
    if "failsBelow" in item and points < Fraction(item["failsBelow"]):
        return True
    if "failed" in entry:
        return entry["failed"]
    told = "failsBelow" in item or ("counts" in entry and any(one["failsKey"] for one in item["deductions"]))
    return False if told else None


def indicators(rule, inputs):
    if not inputs["served"]:
        return {"served": False, "score": None}
    by_id = {entry["item"]: entry for entry in inputs["entries"]}
    if len(by_id) < len(inputs["entries"]) or set(by_id) != {item["id"] for item in rule["items"]}:
        return UNDETERMINED
    items, counting, failed = [], [], []
    for item in rule["items"]:
        entry, points, fails = by_id[item["id"]], None, None
        if entry.get("notApplicable"):
            if not item["mayNotApply"] or rule["notApplicable"] == "refuse" or "score" in entry or "counts" in entry:
                return UNDETERMINED
            points = Fraction(item["points"]) if rule["notApplicable"] == "full" else None
            items.append({"item": item["id"], "score": None, "applies": False, "failed": None})
        else:
            try:
                points = entry_points(rule, item, entry)
            except ValueError:
                return UNDETERMINED
            if points is None or ("failed" in entry and not item["key"]):
                return UNDETERMINED
            if item["key"]:
                fails = key_failed(item, entry, points)
                if fails is None:
                    return UNDETERMINED
                if fails:
                    failed.append(item["id"])
            items.append({"item": item["id"], "score": written(points), "applies": True, "failed": fails})
        if points is not None:
            counting.append((item, points))
    weights = any("weight" in item for item in rule["items"])
    share = lambda item: Fraction(item["weight"] if weights else item["points"])
    total = sum((points / Fraction(item["points"]) * share(item) if weights else points for item, points in counting), Fraction(0))
    if weights or (rule["notApplicable"] == "rescale" and len(counting) < len(items)):
        could = sum((share(item) for item, _ in counting), Fraction(0))
        if could == 0:
            return UNDETERMINED
        total = total * Fraction(rule["total"]) / could
        if "rounded" in rule:
            step = 10 ** rule["rounded"]["places"]
            total = Fraction((total * step + (0 if rule["rounded"]["rounding"] == "cut" else Fraction(1, 2))) // 1, step)
    before = written(total)
    if before is None:
        return UNDETERMINED
    low = {item["id"]: points for item, points in counting if not by_id[item["id"]].get("notApplicable")}
    caps = [cap for cap in rule["caps"] if (len(failed) >= cap["keyFailed"] if "keyFailed" in cap else cap["item"] in low and low[cap["item"]] < Fraction(cap["below"]))]
    score = written(min([total] + [Fraction(cap["most"]) for cap in caps]))
    return {"served": True, "score": score, "before": before, "items": items, "failed": failed, "caps": [cap["id"] for cap in caps]}


FORMS = {
    "table": table, "date": printed_date, "period": period, "amended-date": amended_date, "own-date": own_date, "lateness": lateness,
    "consequence": consequence, "scope": scope, "draw": draw, "include": include, "target": target, "public-record": public_record, "indicators": indicators,
    "assigned-value": assigned_value, "proficiency": proficiency, "participation": participation,
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
