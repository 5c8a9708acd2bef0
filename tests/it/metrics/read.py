# Reads a page of metrics as Prometheus' own library for Python does, refuses what `promtool check metrics` would, and
# prints all numbers by name and labels.
import json, re, sys
from prometheus_client.parser import text_string_to_metric_families

text = sys.stdin.read()
families = list(text_string_to_metric_families(text))
kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M))
helps = dict(re.findall(r"^# HELP (\S+) (.+)$", text, re.M))
assert kinds.keys() == helps.keys() and len(kinds) == len(families), (kinds, helps)
assert len(re.findall(r"^# TYPE ", text, re.M)) == len(kinds), "a name is told twice"
odd = {"ms", "milliseconds", "microseconds", "minutes", "hours", "days", "kb", "mb", "kilobytes", "megabytes"}
for name, kind in kinds.items():
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name), name
    assert kind in {"counter", "gauge", "histogram"}, (name, kind)
    assert name.endswith("_total") == (kind == "counter"), (name, kind)
    assert not name.endswith(("_count", "_sum", "_bucket")), name
    parts = set(name.split("_"))
    assert not parts & (odd | {"counter", "gauge", "histogram"}), name
    assert kind != "histogram" or name.endswith("_seconds"), name
    assert helps[name].endswith("."), helps[name]
seen, numbers = set(), {}
for family in families:
    buckets = {}
    for sample in family.samples:
        assert all(re.fullmatch(r"[a-z]+", label) for label in sample.labels), sample
        assert "le" not in sample.labels or family.type == "histogram", sample
        key = sample.name + "".join(f" {name}={value}" for name, value in sorted(sample.labels.items()))
        assert key not in numbers, key
        numbers[key] = sample.value
        others = tuple(sorted((name, value) for name, value in sample.labels.items() if name != "le"))
        if sample.name.endswith("_bucket"):
            buckets.setdefault(others, []).append((float(sample.labels["le"]), sample.value))
        elif sample.name.endswith("_count") and family.type == "histogram":
            bounds = buckets[others]
            assert bounds == sorted(bounds) and [n for _, n in bounds] == sorted(n for _, n in bounds), bounds
            assert bounds[-1] == (float("inf"), sample.value), bounds
print(json.dumps(numbers))
