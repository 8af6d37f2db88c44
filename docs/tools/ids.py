"""Tells schemathesis what exists: the ids that Postman's runner used against the same demo.

python3 ids.py REPORT PREFIX DOCUMENT >schemathesis.toml
"""
import json
import sys

report, prefix, document = sys.argv[1:]
paths = json.load(open(document))["paths"]
used = {}
for execution in json.load(open(report))["run"]["executions"]:
    template = execution["item"]["request"]["url"]["path"]
    made = execution["request"]["url"]["path"]
    given = {name[1:]: value for name, value in zip(template, made) if name.startswith(":")}
    path = "/" + "/".join("{%s}" % name[1:] if name.startswith(":") else name for name in template)
    method, path = execution["request"]["method"], path.removeprefix(prefix)
    assert method.lower() in paths[path], (method, path)
    if given:
        used.setdefault((method, path), given)
# Which other methods a path has is the router's business: it answers all of them alike.
print("[phases.coverage]\nunexpected-methods = []\n")
for (method, path), given in used.items():
    values = ", ".join('"path.%s" = %s' % (name, json.dumps(value)) for name, value in given.items())
    print("[[operations]]\ninclude-name = %s\nparameters = { %s }\n" % (json.dumps(f"{method} {path}"), values))
