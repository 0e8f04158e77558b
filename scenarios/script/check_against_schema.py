"""Checks documents against a JSON Schema: SCHEMA, and on standard input one line of JSON for each document.

For tests. Each line of the output belongs to the document of the same line: empty where the schema allows it, else the
first thing that it does not allow. The validator is Debian's python3-jsonschema.
"""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
validator = kind(schema)
for line in sys.stdin:
    error = jsonschema.exceptions.best_match(validator.iter_errors(json.loads(line)))
    print("" if error is None else f"{error.json_path}: {error.message}".replace("\n", " ")[:500])
